"""Ties a child to its parent's life, so that a killed launcher leaves nothing running."""

import ctypes
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def tethered(number: int) -> Callable[[], None] | None:
    """What the child runs before its program: the kernel will send it signal `number` when its parent dies.

    Linux only; elsewhere the next start stops what is left (see `processes.stop_leftovers`).
    """
    if _libc is None:
        return None
    return lambda: _libc.prctl(_PR_SET_PDEATHSIG, int(number))
