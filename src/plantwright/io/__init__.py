"""Documents: YAML, CSV tables and workbooks to plants and back."""
