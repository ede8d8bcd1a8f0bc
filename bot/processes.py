"""Starts processes and stops them with care: a child that ends takes the others along, so that no half is left."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

from bot.settings import Settings

GRACE_S = 15


def serve_command() -> int:
    """Become the process that watches over web and worker: alone, without the database's libraries, it is small."""
    os.execv(sys.executable, [sys.executable, "-m", "bot.processes"])  # noqa: S606 - our own interpreter


def serve(settings: Settings) -> int:
    """Web and worker side by side until one ends or a signal comes; gives the exit status."""
    return together([[*_gunicorn(settings)], [sys.executable, "-m", "bot", "worker"]], {})


def web_command(settings: Settings) -> int:
    """Become the web process."""
    os.execv(sys.executable, _gunicorn(settings))  # noqa: S606 - our own interpreter, nothing from outside


def together(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> int:
    """Run `commands` until one ends or a signal comes; then stop all. Gives the first bad exit status."""
    return wait_for_end([start(command, environment) for command in commands])


def wait_for_end(children: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until a child ends or a signal comes, then stop all. Gives the first bad exit status."""
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    while not stop.wait(0.2):
        if any(child.poll() is not None for child in children):
            break
    asked = stop.is_set()
    statuses = [end(child) for child in children]
    return 0 if asked else next((status for status in statuses if status), 1)


def start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own, so that Ctrl-C reaches us first."""
    return subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)  # noqa: S603


def end(child: subprocess.Popen[bytes]) -> int:
    """Ask a child to stop, wait, and insist; gives its exit status."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()
    return child.wait()


def _gunicorn(settings: Settings) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "bot.wsgi:app",
        "--worker-class", "gthread",
        "--workers", str(settings.web_workers),
        "--threads", str(settings.web_threads),
        "--bind", f"{settings.bind}:{settings.port}",
        "--logger-class", "bot.web_log.WebLog",
        "--log-level", "warning",
        "--graceful-timeout", "10",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(serve(Settings.read()))
