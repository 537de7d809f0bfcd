"""Schedules: what runs where and when. Search in numba, proofs by CP-SAT, a checker that shares no code with them."""
