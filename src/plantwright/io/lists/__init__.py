"""Lists of parties with whom nobody may deal, as their publishers write them: read from files, never fetched.

Three layouts are known and told apart by their first row: the OFAC files (``sdn.csv`` with ``alt.csv`` and ``add.csv``
beside it), the US Consolidated Screening List as CSV, and OpenSanctions' ``targets.simple.csv``.
"""

from plantwright.io.lists.read import ListFile, read_lists

__all__ = ["ListFile", "read_lists"]
