"use strict";
// Comfort only: the page says everything without this script.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Light and dark: the reader's system decides until the button is used.
  const button = document.getElementById("theme");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const label = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use ${isDark() ? "light" : "dark"} colours`);
  };
  try { if (localStorage.getItem("theme")) root.dataset.theme = localStorage.getItem("theme"); } catch { /* private */ }
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private */ }
    label();
  });
  dark.addEventListener("change", label);
  label();

  // What a mark stands for, beside the pointer (or the finger).
  const tip = document.getElementById("tip");
  const show = (event) => {
    const mark = event.target.closest?.("[data-tip]");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.dataset.tip;
    const box = tip.getBoundingClientRect();
    const left = Math.min(Math.max(event.clientX - box.width / 2, 8), root.clientWidth - box.width - 8);
    const above = event.clientY - box.height - 14;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : event.clientY + 18}px`;
  };
  document.addEventListener("pointermove", show);
  document.addEventListener("pointerdown", show);
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

  // A station under the pointer: its pipes stand out.
  for (const drawing of document.querySelectorAll("svg.flow")) {
    drawing.addEventListener("pointerover", (event) => {
      const station = event.target.closest(".station")?.dataset.key;
      for (const pipe of drawing.querySelectorAll(".pipe")) {
        pipe.classList.toggle("hot", Boolean(station) && pipe.dataset.key.split(" ").includes(station));
      }
    });
  }

  // Tables sort by a click on a column's name.
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const figure = Number.parseFloat(text.replaceAll(",", "").replace("−", "-").replace(/^[+<]/, ""));
    return Number.isNaN(figure) ? text.toLowerCase() : figure;
  };
  const before = (a, b) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const sort = document.createElement("button");
      sort.type = "button";
      sort.textContent = head.textContent;
      head.replaceChildren(sort);
      sort.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (down ? -1 : 1) * before(value(a, column), value(b, column)));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
