"""`python -m tests`: exactly what CI runs, in order, with the time each part took.

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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FUZZ = "tests/line/test_webhook_fuzz.py"
PRINTED = "tests/imports/test_printed_to_pdf.py"
#: What runs in a minute while one works; a server or a long search makes the second part.
UNIT = {
    "domain": ("tests/domain",),
    "handlers": ("tests/handlers",),
    "storage": ("tests/storage", "-k", "not postgresql"),
    "line": ("tests/line", f"--ignore={FUZZ}"),
    "nlu": ("tests/nlu",),
    "imports": ("tests/imports", f"--ignore={PRINTED}"),
    "samples": ("tests/samples",),
    "simulator": ("tests/simulator",),
    "architecture": ("tests/architecture",),
}
WHOLE = {
    "storage on PostgreSQL": ("tests/storage", "-k", "postgresql"),
    "fuzz": (FUZZ,),
    "printed": (PRINTED,),
    "cli": ("tests/cli",),
    "journeys": ("tests/journeys",),
    "reliability": ("tests/reliability",),
}

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
    ran = [_run(name, command) for part in ([only] if only else PARTS) for name, command in PARTS[part]]
    print("\n" + "\n".join(f"{'ok  ' if ok else 'FAIL'}  {took:6.1f} s  {name}" for name, ok, took in ran))
    return 0 if all(ok for _, ok, _ in ran) else 1


def _run(name: str, command: Sequence[str]) -> tuple[str, bool, float]:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    # A trial of someone's own must not leak into the tests.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ITABOT_", "LINE_", "DATABASE_URL", "PORT"))}
    ok = subprocess.run(command, cwd=ROOT, check=False, env=clean).returncode == 0
    return name, ok, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
