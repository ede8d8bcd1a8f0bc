"""A slower disk than this machine has: a library before the C library lets every fsync take 3 ms longer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import ROOT, LeftOut

SLOWER_MS = 3
CODE = f"""\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void wait(void) {{
    struct timespec pause = {{0, {SLOWER_MS} * 1000000L}};
    nanosleep(&pause, 0);
}}

int fsync(int file) {{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait();
    return real(file);
}}

int fdatasync(int file) {{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait();
    return real(file);
}}
"""
MEASURE = (
    "import sys, pathlib; from tests.benchmarks import machine; print(machine.fdatasync_ms(pathlib.Path(sys.argv[1])))"
)


@dataclass(frozen=True)
class SlowDisk:
    """What makes a process's disk slow, and how slow it was found to be."""

    environment: Mapping[str, str]
    fdatasync_ms: float


def slow_disk(folder: Path) -> SlowDisk:
    """A slow disk for whatever is started with its environment; LeftOut where it cannot be made."""
    if not shutil.which("cc"):
        raise LeftOut("The slow disk was left out: there is no C compiler (cc) here.")
    source, library = folder / "slow_disk.c", folder / "slow_disk.so"
    source.write_text(CODE)
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    if ran.returncode:
        raise LeftOut("The slow disk was left out: cc did not make a library here.")
    environment = {"LD_PRELOAD": str(library)}
    took = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)],
        cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return SlowDisk(environment, round(float(took.stdout), 2))
