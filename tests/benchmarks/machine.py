"""What the machine is, and what processes cost on it: CPU seconds and memory, from /proc."""

import os
import platform
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


def described(folder: Path) -> dict[str, Any]:
    """The machine in a few figures; nothing that names it."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(pages / 2**30, 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "fdatasync_ms": round(_fdatasync_ms(folder), 2),
        "load_average_at_start": round(os.getloadavg()[0], 2),
    }


def _fdatasync_ms(folder: Path) -> float:
    """What the disk takes to make 4 KiB durable: a stored webhook waits for that."""
    took = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return median(took)


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = [int(child) for task in _tasks(pid) for child in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in family(child))]


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int) -> float:
    """Its share of memory (PSS); the whole resident size where the kernel does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text()
        field = "Pss:"
    except OSError:
        lines = Path(f"/proc/{pid}/status").read_text()
        field = "VmRSS:"
    return next(int(line.split()[1]) for line in lines.splitlines() if line.startswith(field)) / 1024


def _tasks(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").iterdir())
