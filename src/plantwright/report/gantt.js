"use strict";
// The schedule as a chart to walk about in: drawn on a canvas as wide as the window, so that thousands of bars stay fluid.
// Without this script the page shows the same schedule as a still picture.
(() => {
  const ROW = 22, GAP = 4, AXIS = 40, HOUR = 3600, DAY = 86400;
  const STEPS = [60, 300, 900, 1800, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY];
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const BAR = ["start", "end", "setup", "machine", "order", "operation", "kind", "why", "low", "high", "flags", "crews"];
  const LATE = 1, CRITICAL = 2;
  const two = (value) => String(value).padStart(2, "0");

  for (const box of document.querySelectorAll("[data-gantt]")) chart(box, JSON.parse(box.querySelector("script").textContent));

  function chart(box, plan) {
    const view = box.querySelector(".gantt-view"), space = box.querySelector(".gantt-space");
    const canvas = box.querySelector("canvas"), said = box.querySelector(".gantt-said"), pen = canvas.getContext("2d");
    const tip = document.getElementById("tip");
    const control = (name) => box.querySelector(`[data-${name}]`);
    const bars = plan.bars.map((row) => Object.fromEntries(BAR.map((name, place) => [name, row[place]])));
    let rows = [], perSecond = 0, chosen = null, hovered = null, waiting = false, colours = {};

    // ---------------------------------------------------------------- time on the clock of the site
    const offset = (time) => plan.offsets.reduce((now, [from, ahead]) => (time >= from ? ahead : now), 0);
    const clock = (time) => new Date((plan.origin + time + offset(time)) * 1000);
    const spoken = (time) => {
      const at = clock(time);
      return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
    };

    // ---------------------------------------------------------------- which rows, which bars in them
    const words = (bar) => [plan.orders[bar.order].name, plan.orders[bar.order].customer, plan.operations[bar.operation],
      plan.machines[bar.machine]?.name ?? "", plan.kinds[bar.kind]].join(" ").toLowerCase();
    bars.forEach((bar) => { bar.words = words(bar); });
    let sought = "", lateOnly = false;
    const matches = (bar) => (!lateOnly || bar.flags & LATE) && bar.words.includes(sought);
    const keys = { machine: (bar) => [bar.machine], order: (bar) => [bar.order], crew: (bar) => bar.crews };

    function lanes(found) {
      const ends = [];  // of the last bar in each lane: bars of an order or a crew may run side by side
      return found.map((bar) => {
        let lane = ends.findIndex((end) => end <= (bar.setup ?? bar.start));
        if (lane < 0) lane = ends.push(0) - 1;
        ends[lane] = bar.end;
        return lane;
      });
    }

    function arrange() {
      chosen = null;
      sought = control("find").value.trim().toLowerCase();
      lateOnly = control("late").checked;
      const kind = control("rows").value;
      const names = plan[{ machine: "machines", order: "orders", crew: "crews" }[kind]];
      const filled = names.map(() => []);
      for (const bar of bars) for (const key of keys[kind](bar)) if (key >= 0) filled[key].push(bar);
      rows = names.map((name, key) => ({ ...name, key, kind, bars: filled[key] }))
        .filter((row) => row.bars.some(matches));
      let top = 0;
      for (const row of rows) {
        row.bars.sort((a, b) => a.start - b.start);
        row.top = top;
        row.lanes = lanes(row.bars);  // kept with the row: a bar may stand in several rows of people
        row.deep = Math.max(...row.lanes) + 1;
        top += row.deep * (ROW - GAP) + GAP;
      }
      space.style.height = `${top + AXIS + 8}px`;
      const seen = new Set(rows.flatMap((row) => row.bars.filter(matches)));
      said.textContent = seen.size === bars.length ? `${bars.length.toLocaleString("en")} bars`
        : `${seen.size.toLocaleString("en")} of ${bars.length.toLocaleString("en")} bars`;
      redraw();
    }

    // ---------------------------------------------------------------- zoom and place
    const label = () => (view.clientWidth < 560 ? 96 : 190);
    const room = () => Math.max(view.clientWidth - label(), 50);
    const place = (time) => label() + time * perSecond - view.scrollLeft;
    const timeAt = (x) => (x - label() + view.scrollLeft) / perSecond;
    function zoom(scale, x = label() + room() / 2) {
      const kept = timeAt(x), least = room() / plan.until;
      perSecond = Math.min(Math.max(scale, least), 2);
      space.style.width = `${label() + plan.until * perSecond}px`;
      view.scrollLeft = kept * perSecond - (x - label());
      redraw();
    }

    // ---------------------------------------------------------------- drawing
    const paint = () => {
      const style = getComputedStyle(document.documentElement), probe = document.createElement("i");
      box.append(probe);
      const resolved = (value) => { probe.style.color = value; return getComputedStyle(probe).color; };
      for (const name of ["ink", "quiet", "paper", "raised", "hair", "grid", "off", "target", "accent", "sky"]) {
        colours[name] = resolved(`var(--${name})`);
      }
      colours.kinds = plan.kinds.map((_, kind) => { probe.className = `c-${kind % 9}`; return resolved("var(--c)"); });
      probe.remove();
      colours.font = style.getPropertyValue("--sans");
    };

    function redraw() {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; draw(); });
    }

    function draw() {
      const width = view.clientWidth, height = view.clientHeight, fine = devicePixelRatio || 1;
      if (!width) return;
      if (canvas.width !== Math.round(width * fine) || canvas.height !== Math.round(height * fine)) {
        canvas.width = Math.round(width * fine);
        canvas.height = Math.round(height * fine);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      pen.setTransform(fine, 0, 0, fine, 0, 0);
      pen.fillStyle = colours.raised;
      pen.fillRect(0, 0, width, height);
      const from = timeAt(label()), to = timeAt(width);
      pen.save();
      pen.beginPath();
      pen.rect(label(), AXIS, width - label(), height - AXIS);
      pen.clip();
      for (const row of visible(height)) drawRow(row, from, to, width);
      drawLinks();
      pen.restore();
      drawNames(width, height);
      drawAxis(from, to, width, height);
    }

    const y = (row) => AXIS + row.top - view.scrollTop;
    const visible = (height) => rows.filter((row) => y(row) < height && y(row) + row.deep * ROW > AXIS);

    function drawRow(row, from, to, width) {
      const top = y(row), tall = row.deep * (ROW - GAP) + GAP;
      const closed = row.kind === "machine" ? plan.machines[row.key].closed : [];
      pen.fillStyle = colours.off;
      for (const [start, end] of closed) if (end > from && start < to) stripe(start, end, top, tall);
      const wanted = row.bars.map(matches);
      row.bars.forEach((bar, index) => {
        if (bar.end < from || (bar.setup ?? bar.start) > to) return;
        drawBar(bar, top + GAP / 2 + row.lanes[index] * (ROW - GAP), ROW - GAP - 2, wanted[index]);
      });
      pen.fillStyle = colours.off;
      pen.globalAlpha = 0.6;  // closures lie over what they interrupt
      for (const [start, end] of closed) if (end > from && start < to) stripe(start, end, top, tall);
      pen.globalAlpha = 1;
      for (const [start, end] of row.kind === "machine" ? plan.machines[row.key].down : []) {
        pen.fillStyle = colours.target;
        pen.globalAlpha = 0.35;
        stripe(start, end, top, tall);
        pen.globalAlpha = 1;
      }
      if (row.kind === "order" && row.due !== null) flag(place(row.due), top, tall);
      pen.fillStyle = colours.grid;
      pen.fillRect(label(), top + tall - 1, width, 1);
    }

    const stripe = (start, end, top, tall) => pen.fillRect(place(start), top, Math.max((end - start) * perSecond, 0.5), tall - 1);
    function flag(x, top, tall) {
      pen.fillStyle = colours.ink;
      pen.fillRect(x - 1, top, 2, tall - 1);
    }

    function drawBar(bar, top, tall, wanted) {
      const x = place(bar.start), wide = Math.max((bar.end - bar.start) * perSecond, 1);
      const picked = chosen === null || bar.order === chosen;
      const shown = wanted && picked && (!control("critical").checked || bar.flags & CRITICAL);
      pen.globalAlpha = shown ? 1 : 0.16;
      if (bar.setup !== null) {
        pen.fillStyle = colours.quiet;
        pen.fillRect(place(bar.setup), top + tall * 0.3, Math.max((bar.start - bar.setup) * perSecond, 1), tall * 0.4);
      }
      pen.fillStyle = colours.kinds[bar.kind];
      pen.fillRect(x, top, wide, tall);
      if (wide > 5) {
        const edge = bar === hovered ? colours.ink : bar.flags & LATE ? colours.target : null;
        if (edge) {
          pen.strokeStyle = edge;
          pen.lineWidth = 1.6;
          pen.strokeRect(x + 0.8, top + 0.8, wide - 1.6, tall - 1.6);
        }
      }
      if (bar.flags & CRITICAL) {
        pen.fillStyle = colours.ink;
        pen.fillRect(x, top + tall - 2.5, wide, 2.5);
      }
      if (control("bands").checked && bar.low !== null && wide > 12) whisker(bar, top, tall);
      if (wide > 46 && shown) {
        pen.fillStyle = colours.paper;
        pen.font = `11px ${colours.font}`;
        pen.fillText(cut(plan.orders[bar.order].name, wide - 8), x + 4, top + tall / 2 + 4);
      }
      pen.globalAlpha = 1;
    }

    function whisker(bar, top, tall) {
      const low = place(bar.low), high = place(bar.high), middle = top + 2.5;
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.moveTo(low, middle); pen.lineTo(high, middle);
      pen.moveTo(low, middle - 2); pen.lineTo(low, middle + 2);
      pen.moveTo(high, middle - 2); pen.lineTo(high, middle + 2);
      pen.stroke();
    }

    // From bar to bar of the chosen order, in the rows of machines.
    function drawLinks() {
      if (chosen === null || control("rows").value !== "machine") return;
      const spots = rows.flatMap((row) => row.bars.filter((bar) => bar.order === chosen)
        .map((bar) => ({ bar, middle: y(row) + ROW / 2 - 1 }))).sort((a, b) => a.bar.start - b.bar.start);
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1;
      pen.globalAlpha = 0.45;
      spots.slice(1).forEach((next, index) => {
        const last = spots[index];
        pen.beginPath();
        pen.moveTo(place(last.bar.end), last.middle);
        pen.lineTo(place(next.bar.start), next.middle);
        pen.stroke();
      });
      pen.globalAlpha = 1;
    }

    function cut(text, wide) {
      if (pen.measureText(text).width <= wide) return text;
      let kept = text;
      while (kept && pen.measureText(`${kept}…`).width > wide) kept = kept.slice(0, -1);
      return kept ? `${kept}…` : "";
    }

    function drawNames(width, height) {
      pen.fillStyle = colours.raised;
      pen.fillRect(0, AXIS, label(), height - AXIS);
      pen.font = `12px ${colours.font}`;
      pen.save();
      pen.beginPath();
      pen.rect(0, AXIS, width, height - AXIS);
      pen.clip();
      for (const row of visible(height)) {
        pen.fillStyle = row.late ? colours.target : colours.ink;
        pen.fillText(cut(row.name, label() - 14), 6, y(row) + 15);
      }
      pen.restore();
      pen.fillStyle = colours.hair;
      pen.fillRect(label() - 1, 0, 1, height);
    }

    function drawAxis(from, to, width, height) {
      pen.fillStyle = colours.raised;
      pen.fillRect(0, 0, width, AXIS);
      const step = STEPS.find((each) => each * perSecond >= 58) ?? STEPS.at(-1);
      const shift = clock(0).getTime() / 1000;
      pen.font = `11px ${colours.font}`;
      for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step) {
        const x = place(at), when = clock(at);
        pen.fillStyle = colours.grid;
        pen.fillRect(x, AXIS - 6, 1, height);
        pen.fillStyle = colours.quiet;
        if (step < DAY) pen.fillText(`${two(when.getUTCHours())}:${two(when.getUTCMinutes())}`, x + 3, AXIS - 8);
      }
      // Days, the first one held at the edge so that it is always clear which day is seen.
      const first = Math.floor((from + shift) / DAY) * DAY - shift;
      let free = -Infinity;
      for (let at = first; at <= to; at += DAY) {
        const x = Math.max(place(at), label()), when = clock(Math.max(at, 0) + 1);
        const name = `${DAYS[when.getUTCDay()]} ${when.getUTCDate()}`;
        const long = pen.measureText(name).width + 12;
        if (x < free || place(at + DAY) < label() + 40 || x + long > width) continue;
        pen.fillStyle = colours.ink;
        pen.fillText(name, x + 3, 15);
        free = x + long;
      }
      pen.fillStyle = colours.hair;
      pen.fillRect(0, AXIS - 1, width, 1);
    }

    // ---------------------------------------------------------------- what is under the pointer
    function under(event) {
      const frame = canvas.getBoundingClientRect(), x = event.clientX - frame.left, down = event.clientY - frame.top;
      if (x < label() || down < AXIS) return null;
      const row = rows.findLast((each) => y(each) <= down);
      if (!row) return null;
      const lane = Math.floor((down - y(row) - GAP / 2) / (ROW - GAP)), time = timeAt(x), slack = 2 / perSecond;
      return row.bars.find((bar, index) => row.lanes[index] === lane && time >= (bar.setup ?? bar.start) - slack && time <= bar.end + slack) ?? null;
    }

    const sentence = (bar) => {
      const order = plan.orders[bar.order];
      const lines = [`${plan.operations[bar.operation]}, ${order.name}${order.customer ? ` for ${order.customer}` : ""}`,
        `${plan.machines[bar.machine]?.name ?? ""} · ${spoken(bar.start)} to ${spoken(bar.end)}`];
      if (bar.setup !== null) lines.push(`set up from ${spoken(bar.setup)}`);
      if (bar.crews.length) lines.push(bar.crews.map((crew) => plan.crews[crew].name).join(", "));
      if (order.due !== null) lines.push(`due ${spoken(order.due)}${bar.flags & LATE ? ", late" : ""}`);
      if (bar.low !== null) lines.push(`ends between ${spoken(bar.low)} and ${spoken(bar.high)} in 8 of 10 runs`);
      if (bar.why >= 0) lines.push(plan.reasons[bar.why]);
      return lines.join("\n");
    };

    view.addEventListener("pointermove", (event) => {
      const bar = under(event);
      if (bar !== hovered) { hovered = bar; redraw(); }
      tip.hidden = !bar;
      if (!bar) return;
      tip.textContent = sentence(bar);
      const size = tip.getBoundingClientRect();
      tip.style.left = `${Math.min(Math.max(event.clientX - size.width / 2, 8), innerWidth - size.width - 8)}px`;
      const above = event.clientY - size.height - 16;
      tip.style.top = `${above > 4 ? above : event.clientY + 20}px`;
      event.stopPropagation();
    });
    view.addEventListener("pointerleave", () => { hovered = null; tip.hidden = true; redraw(); });
    view.addEventListener("click", (event) => {
      const bar = under(event);
      chosen = bar && bar.order !== chosen ? bar.order : null;
      redraw();
    });

    // ---------------------------------------------------------------- controls
    view.addEventListener("scroll", redraw, { passive: true });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(perSecond * Math.exp(-event.deltaY / 300), event.clientX - canvas.getBoundingClientRect().left);
    }, { passive: false });
    view.addEventListener("keydown", (event) => {
      const factor = { "+": 1.4, "=": 1.4, "-": 1 / 1.4 }[event.key];
      if (factor) zoom(perSecond * factor);
      if (event.key === "0") zoom(0);
      if (event.key === "Escape") { chosen = null; redraw(); }
    });
    for (const button of box.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => zoom({ in: perSecond * 1.6, out: perSecond / 1.6, all: 0, day: room() / DAY }[button.dataset.zoom]));
    }
    for (const name of ["rows", "find", "late"]) control(name).addEventListener("input", arrange);
    for (const name of ["critical", "bands"]) control(name).addEventListener("input", redraw);
    if (!plan.crews.length) control("rows").querySelector('[value="crew"]').remove();
    for (const [name, there] of [["late", LATE], ["critical", CRITICAL]]) {
      control(name).parentElement.hidden = !bars.some((bar) => bar.flags & there);
    }
    control("bands").parentElement.hidden = bars.every((bar) => bar.low === null);

    box.hidden = false;
    box.closest("figure").classList.add("live");
    new ResizeObserver(() => zoom(perSecond)).observe(view);
    new MutationObserver(() => { paint(); redraw(); }).observe(document.documentElement, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { paint(); redraw(); });
    paint();
    arrange();
    zoom(0);
  }
})();
