"""What this processor can do, asked before TensorFlow is imported.

TensorFlow's wheels need AVX. Without it the import ends the process with an illegal instruction,
which no `except` catches.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from handwrite_gui.recognition.errors import RecognitionError

#: PF_AVX_INSTRUCTIONS_AVAILABLE of Windows' IsProcessorFeaturePresent.
_WINDOWS_AVX = 39


def check_processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> None:
    """Make sure that TensorFlow can be imported.

    Args:
        cpuinfo: The kernel's description of the processor; used on Linux only.

    Raises:
        RecognitionError: The processor has no AVX.
    """
    if has_avx(cpuinfo) is False:
        raise RecognitionError(
            "This processor has no AVX instructions, which TensorFlow needs to read digits: use a"
            " computer made after 2012, or let a virtual machine have its host's processor."
        )


def has_avx(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool | None:
    """Tell whether the processor has AVX, or None where that is unknown or does not matter."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return None
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_WINDOWS_AVX))
    flags = _flags(cpuinfo)
    return None if flags is None else "avx" in flags


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Tell whether the processor is known to compute in bfloat16 (Intel's and AMD's AVX-512)."""
    return "avx512_bf16" in (_flags(cpuinfo) or ())


def _flags(cpuinfo: Path) -> list[str] | None:
    """What Linux says that the first processor can do, or None where nobody says."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    flags = next((line for line in lines if line.startswith("flags")), None)
    return None if flags is None else flags.split()
