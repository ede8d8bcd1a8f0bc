"""Another program of the same user, such as one that draws a stranger's file, cannot read a process's keys."""

import subprocess
import sys
from pathlib import Path

import pytest

import bot

BOT = Path(bot.__file__).parent
LOOK = "import ctypes; from bot import closed; {}; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"


@pytest.mark.skipif(sys.platform != "linux", reason="another system closes them by itself, or not at all")
@pytest.mark.parametrize(("does", "open_to_others"), [("closed.close()", "0"), ("pass", "1")])
def test_neither_memory_nor_environment_can_be_read(does, open_to_others):
    command = [sys.executable, "-c", LOOK.format(does)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == open_to_others


def test_every_process_of_the_service_is_closed():
    """Each begins in one of these."""
    for place in ("cli", "web_log", "processes", "wsgi"):
        assert "closed.close()" in (BOT / f"{place}.py").read_text(encoding="utf-8")
