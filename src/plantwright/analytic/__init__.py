"""Closed forms, exact small chains and the arithmetic of flow: functions of floats and arrays, each with its source."""
