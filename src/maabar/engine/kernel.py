"""The decorator of every compiled function, and the folder where machine code is kept.

Numba refreshes a cached function when its own file changes, not when a function that it calls does.
The leaves (this folder's small modules and the registry) are called from everywhere, so the cache
folder is named by a hash of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numba

_HERE = Path(__file__).parent
LEAVES = (
    _HERE.parent / "variables.py",
    *(
        _HERE / f"{name}.py"
        for name in (
            "kernel",
            "process",
            "rng",
            "state",
            "events",
            "fear",
            "force",
            "points",
            "holding",
            "derive",
            "flow",
        )
    ),
)


def cache_folder() -> Path:
    """Folder of the compiled code of this version of the leaves.

    Returns
    -------
    pathlib.Path
        Below ``$MAABAR_CACHE``, ``$XDG_CACHE_HOME`` or ``~/.cache``.

    Examples
    --------
    >>> cache_folder().name[:7]
    'kernel-'
    """
    digest = hashlib.sha256()
    for leaf in LEAVES:
        digest.update(leaf.read_bytes())
    root = os.environ.get("MAABAR_CACHE") or Path(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    ).joinpath("maabar")
    return Path(root) / f"kernel-{digest.hexdigest()[:12]}"


_CACHE = str(cache_folder())
_HINTLESS: Any = numba  # its type hints do not name all of its options
_NJIT: Any = partial(_HINTLESS.njit, nogil=True, error_model="numpy")


def compiled(function: Callable[..., Any], **options: Any) -> Any:
    """Compile `function` on first use, without the GIL, cached on disk.

    Without reference counts, which kept the compiler from optimising across accesses (twelve times
    slower); so nothing that is compiled here can allocate.
    """
    before = _HINTLESS.config.CACHE_DIR
    _HINTLESS.config.CACHE_DIR = _CACHE
    try:
        return _NJIT(cache=True, _nrt=False, **options)(function)
    finally:
        _HINTLESS.config.CACHE_DIR = before


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that only other compiled functions call; inlined where it is called."""
    return compiled(function, no_cpython_wrapper=True, forceinline=True)


def own_kernel(function: Callable[..., Any]) -> Any:
    """Compile a user's own mechanism, in memory only; it may allocate."""
    return _NJIT(no_cpython_wrapper=True)(function)
