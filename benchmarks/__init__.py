"""What Plantwright promises, measured: exact answers hit, part moves a second, seconds to a report.

``python -m benchmarks`` runs every subject of `benchmarks.registry`, ``python -m benchmarks NAME`` one of them.
"""
