"""`python -m tests`: exactly what CI runs, with the time each suite took.

python -m tests                 everything
python -m tests --only check    formatting, lint, types and import contracts
python -m tests --only unit     what needs no process of its own and no browser
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FUZZ = "tests/line/test_webhook_fuzz.py"
SLOW = "tests/tell/test_slow_phones_hold_up_nobody.py"
PRINTED = "printed_to_pdf or printed_papers"
LOOKED_AT = ("tests/papers/test_papers_look_right.py", "tests/papers/test_pdfs_are_made.py")
#: What runs in a minute while one works, the longest first; a server or a long search makes the second part.
UNIT = {
    "line": ("tests/line", f"--ignore={FUZZ}"),
    "storage": ("tests/storage", "-k", "not postgresql"),
    "domain": ("tests/domain",),
    "imports": ("tests/imports", "-k", f"not ({PRINTED})"),
    "handlers": ("tests/handlers",),
    "evidence": ("tests/evidence", "tests/publishing"),
    "papers": ("tests/papers", "tests/codes", *(f"--ignore={one}" for one in LOOKED_AT)),
    "the form": ("tests/tell", f"--ignore={SLOW}", "-k", "not postgresql"),
    "nlu": ("tests/nlu",),
    "samples": ("tests/samples",),
    "simulator": ("tests/simulator",),
    "architecture": ("tests/architecture",),
}
WHOLE = {
    "storage on PostgreSQL": ("tests/storage", "-k", "postgresql"),
    "fuzz": (FUZZ,),
    "slow phones": (SLOW,),
    "the form on PostgreSQL": ("tests/tell", f"--ignore={SLOW}", "-k", "postgresql"),
    "printed": ("tests/imports", "-k", PRINTED),
    "papers looked at": LOOKED_AT,
    "a year": ("tests/year",),
    "reliability on PostgreSQL": ("tests/reliability", "-k", "postgresql"),
    "journeys": ("tests/journeys",),
    "reliability": ("tests/reliability", "-k", "not postgresql"),
    "cli": ("tests/cli",),
}
#: Both wait more than they work, and come after what works.
WAITING = ("reliability", "reliability on PostgreSQL")
#: What people wait for has the machine to itself.
ALONE = ("cli", "journeys")
SIDE_BY_SIDE = 2

CHECKS: Sequence[tuple[str, Sequence[str]]] = (
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("types", [str(BIN / "mypy")]),
    ("contracts", [str(BIN / "lint-imports"), "--no-cache"]),
)


def suites(parts: Mapping[str, Sequence[str]]) -> Sequence[tuple[str, Sequence[str]]]:
    """One pytest run a suite, so that each has its time."""
    return [(name, [sys.executable, "-m", "pytest", *what, "-rs"]) for name, what in parts.items()]


PARTS = {"check": CHECKS, "unit": suites(UNIT), "processes": suites(WHOLE)}


def main() -> int:
    """Run the parts; gives 1 where one failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=PARTS)
    only = asked.parse_args().only
    ran = [one for part in ([only] if only else PARTS) for one in _part(PARTS[part])]
    print("\n" + "\n".join(f"{'ok  ' if ok else 'FAIL'}  {took:6.1f} s  {name}" for name, ok, took in ran))
    return 0 if all(ok for _, ok, _ in ran) else 1


def _part(suites: Sequence[tuple[str, Sequence[str]]]) -> Sequence[tuple[str, bool, float]]:
    """Run suites side by side, those that mostly wait after the others, then those that want to be alone."""
    beside = sorted((one for one in suites if one[0] not in ALONE), key=lambda one: one[0] in WAITING)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        ran = list(pool.map(_run, beside))
    return ran + [_run(one) for one in suites if one[0] in ALONE]


def _run(suite: tuple[str, Sequence[str]]) -> tuple[str, bool, float]:
    """Run one suite; what it says is told in one piece when it ends."""
    (name, command), began = suite, time.monotonic()
    # A trial of someone's own must not leak into the tests.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ITABOT_", "LINE_", "DATABASE_URL", "PORT"))}
    ran = subprocess.run(
        command, cwd=ROOT, check=False, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    print(f"── {name}\n{ran.stdout}", flush=True)
    return name, ran.returncode == 0, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
