"""Closed forms, each with its source: queues, lines, learning, stock."""
