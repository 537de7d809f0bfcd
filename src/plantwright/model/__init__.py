"""The plant as data: frozen objects, no behaviour, no numpy."""
