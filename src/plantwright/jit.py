"""The one door to numba.

Every kernel function goes through ``kernel``: no Python objects, no reference counting (``_nrt=False`` is a private
option of numba: without it the kernel is right but two to seven times slower), no GIL, and a disk cache whose folder is
stamped with the hash of every jitted source, because numba's own cache does not notice a changed helper in another module.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
JITTED = ("jit.py", "arrays.py", "engine/*.py")


def source_stamp() -> str:
    """Hash of every source that is compiled, so that a changed one never meets stale machine code."""
    digest = hashlib.sha256()
    for pattern in JITTED:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled kernels are kept: ``PLANTWRIGHT_CACHE`` or the user's cache folder, one folder per source stamp."""
    root = os.environ.get("PLANTWRIGHT_CACHE")
    home = Path(root) if root else Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "plantwright"
    return home / source_stamp()


os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))

import numba  # noqa: E402  (the cache folder must be named before numba reads its settings)

DISABLED = bool(numba.config.DISABLE_JIT)
"""Whether the kernel runs as plain Python (``NUMBA_DISABLE_JIT=1``), for coverage and for the identity test."""

KERNEL_OPTIONS: dict[str, Any] = {"_nrt": False, "nogil": True, "cache": True}


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function of the engine: it can neither allocate nor touch Python objects."""
    return numba.njit(**KERNEL_OPTIONS)(function)  # type: ignore[no-any-return]


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """As ``kernel``, and expanded into its callers: for the few lines that run at every event."""
    return numba.njit(**KERNEL_OPTIONS, inline="always")(function)  # type: ignore[no-any-return]


def version() -> str:
    """Version of numba, for provenance."""
    return str(numba.__version__)
