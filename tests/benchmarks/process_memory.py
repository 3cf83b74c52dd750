"""Memory of this process, in bytes; on Linux and macOS only."""

import contextlib
import os
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def most_memory() -> int:
    """The most that this process ever had."""
    if _STATUS.exists():  # On Linux what `getrusage` says may be the most of the process before.
        return _of_status("VmHWM")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def memory_now() -> int:
    """What this process has now; where that cannot be told, the most it ever had."""
    return _of_status("VmRSS") if _STATUS.exists() else most_memory()


def memory_of_family() -> int:
    """What this process and all that it started have now, shared pages counted once; Linux only."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # It has just ended.
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    family = {os.getpid()}
    while more := {each for each, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(map(_share, family))


def _share(process: int) -> int:
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) * 1024
    return 0


def _of_status(name: str) -> int:
    lines = _STATUS.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1]) * 1024
