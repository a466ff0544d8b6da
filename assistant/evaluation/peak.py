"""The most memory that this process has held."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

_LINUX: Final = Path("/proc/self/status")


def peak_mebibytes() -> float | None:
    """MiB of resident memory at its highest; None where the system does not say.

    Linux is asked by /proc: what getrusage gives there is inherited from the process that started this one.
    """
    if _LINUX.is_file():
        found = re.search(r"VmHWM:\s+(\d+) kB", _LINUX.read_text(encoding="utf-8"))
        return int(found[1]) / 2**10 if found else None
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
