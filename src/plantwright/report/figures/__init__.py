"""One figure a file: each takes what an answer holds and gives a drawing with its table."""
