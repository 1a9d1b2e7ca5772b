"""Memory that a build took goes back to the system."""

import ctypes
import sys


def give_back() -> None:
    """glibc keeps what was freed (of 200,000 articles 450 MB); elsewhere the system's allocator sees to it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)
