"""Memory of this process, in bytes; on Linux and macOS only."""

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


def _of_status(name: str) -> int:
    lines = _STATUS.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1]) * 1024
