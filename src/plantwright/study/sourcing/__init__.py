"""Sourcing studied: the plan, why it is so, and what moves it."""
