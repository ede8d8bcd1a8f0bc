"""A worker that is asked to stop hears it, whatever it is just doing."""

import subprocess
import sys

from tests.cli.conftest import ROOT

HELD = """
import os, signal
from bot.crew import stop_on_signals

stop = stop_on_signals()
with stop._cond:
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
assert stop.wait(60)
print("stops")
"""


def test_a_signal_that_comes_while_the_main_thread_holds_the_lock_of_the_event_is_heard():
    """A handler runs in the main thread: it would wait there for the lock that this thread itself holds."""
    for name in ("SIGTERM", "SIGINT"):
        command = [sys.executable, "-c", "import sys\n" + HELD, name]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
        assert (ran.returncode, ran.stdout) == (0, "stops\n"), ran.stderr
