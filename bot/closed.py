"""Closes a process to the other programs of its user: none of them may look into its memory or its environment.

The keys are in both; a stranger's file is drawn by a program of the same user (bot/tell/drawing.py).
"""

import ctypes
import sys

PR_SET_DUMPABLE = 4


def close() -> None:
    """Close this process, which also leaves no core file; whoever is root still gets in."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
