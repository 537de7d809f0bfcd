"""Plants into scheduling problems, and schedules back into names."""
