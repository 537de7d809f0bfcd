"""The simulator: functions of arrays that have never heard of a plant."""
