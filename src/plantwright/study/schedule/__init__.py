"""Schedules: what is ordered, how good a plan is, why it is as it is, what a late order can be saved by."""
