"""The shop floor as the kernels see it: the problem, the board on which work is placed, and the walk that improves."""
