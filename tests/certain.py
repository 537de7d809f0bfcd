"""Plants in which nothing is random: the drawn ones, every law at a value, every share at all or nothing."""

import re


def certain(node):
    """The document tree without chance."""
    if isinstance(node, dict):
        kept = {name: certain(value) for name, value in node.items() if name != "absence"}
        if "options" in kept:
            kept["options"] = {
                name: {choice: "100 %" if place == 0 else "0 %" for place, choice in enumerate(mix)}
                for name, mix in kept["options"].items()
            }
        for share in ("good", "miss", "false-reject", "repairs", "left"):
            if share in kept:
                kept[share] = "0 %" if share in ("miss", "false-reject") else "100 %"
        return kept
    if isinstance(node, list):
        return [certain(value) for value in node]
    return _value(node) if isinstance(node, str) else node


def _value(text):
    text = re.sub(r"(?:exponential|lognormal|gamma|normal|weibull|erlang)\(([^,)]*)[^)]*\)", r"\1", text)
    text = re.sub(r"(?:uniform|triangular)\([^,]*, *([^,)]*)(?:,[^)]*)?\)", r"\1", text)
    return re.sub(r"geometric\(0\.\d+(?:, ([^)]*))?\)", lambda found: found[1] or "4", text)
