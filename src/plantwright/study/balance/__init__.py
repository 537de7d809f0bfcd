"""Lines balanced: posed to the optimiser, told in rows, written back into the plant."""
