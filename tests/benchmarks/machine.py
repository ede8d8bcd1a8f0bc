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


def described() -> dict[str, Any]:
    """The machine in a few figures; nothing that names it."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(pages / 2**30, 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_average_at_start": round(os.getloadavg()[0], 2),
    }


def fdatasync_ms(folder: Path) -> float:
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


def loop_ms() -> float:
    """What a fixed piece of arithmetic takes: neighbours on the same machine show in it."""
    took = []
    for _ in range(20):
        began = time.perf_counter()
        sum(number * number for number in range(100_000))
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def family(pid: int) -> list[int]:
    """A process and all that it started and that still run."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []  # it ended meanwhile
    return [pid, *(one for child in children for one in family(child))]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used so far, with those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15]) / TICKS


def memory_mib(pid: int) -> float:
    """Its share of memory (PSS); the whole resident size where the kernel does not tell."""
    for file, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
        except OSError:
            continue
        return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0) / 1024
    return 0
