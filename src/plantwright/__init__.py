"""Plantwright: the plant written down once, every question asked of it."""
