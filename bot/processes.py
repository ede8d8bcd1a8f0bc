"""Starts processes and watches over them: what ends by itself is started again, what is asked to stop may finish."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bot import closed, logs
from bot.faults import place_of
from bot.settings import Settings, log_form

LOOK_S = 0.2
#: A port is waited for: whoever was killed a moment ago may still hold it.
PORT_S = 5
GRACE_S = 15
#: Whoever stops one that stops others waits longer than it does.
OUTER_GRACE_S = GRACE_S + 5
PR_SET_PDEATHSIG = 1
#: Whoever takes disclosures in must not be able to read them: what speaks with the outside gets no key of receivers.
UNREADING = {"ITABOT_SEALED_KEYS": ""}

log = logging.getLogger("bot.processes")  # it runs as __main__
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Pace:
    """How fast a child is started again, how often it may end within how long, and how long it may take to stop."""

    first_pause_s: float = 1
    longest_pause_s: float = 30
    most_ends: int = 5
    within_s: float = 60
    grace_s: float = GRACE_S


class Ends:
    """When one child ended by itself; a life as long as `within_s` makes good for the ends before."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._times: deque[float] = deque(maxlen=pace.most_ends + 1)

    def pause_s(self, now: float, lived_s: float) -> float | None:
        """Seconds to wait after one more end; None where these are too many."""
        if lived_s >= self._pace.within_s:
            self._times.clear()
        self._times.append(now)
        if len(self._times) > self._pace.most_ends and now - self._times[0] < self._pace.within_s:
            return None
        return min(self._pace.longest_pause_s, self._pace.first_pause_s * 2.0 ** (len(self._times) - 1))


class Signals:
    """Counts SIGTERM and SIGINT: one asks to stop, a second one to stop at once."""

    def __init__(self) -> None:
        self.came = 0  # a plain number: an Event's lock may be held just where the signal comes in
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._count)

    def _count(self, *_: object) -> None:
        self.came += 1


class _Watched:
    """A child that is started again when it ends."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], pace: Pace) -> None:
        self._name, self._command, self._environment, self._pace = name, command, environment, pace
        self._ends = Ends(pace)
        self._due = 0.0
        self._start()

    def goes_on(self) -> bool:
        """Look after it; False where it ended too often."""
        if self.process.poll() is None:
            return True
        return self._again() if self._due else self._ended()

    def _start(self) -> None:
        self.process = start(self._command, self._environment)
        self._began, self._due = time.monotonic(), 0.0

    def _ended(self) -> bool:
        now, name, how = time.monotonic(), self._name, _how(self.process.returncode)
        pause_s = self._ends.pause_s(now, now - self._began)
        if pause_s is None:
            log.critical("%s %s once too often; all stop", name, how)
            return False
        log.error("%s %s; it starts again in %s s", name, how, pause_s)
        self._due = now + pause_s
        return True

    def _again(self) -> bool:
        name, now = self._name, time.monotonic()
        if now >= self._due:
            try:
                self._start()
            except OSError as error:  # no memory for one more, perhaps
                log.error("%s: %s; again soon", name, place_of(error))  # noqa: TRY400
                self._due = now + self._pace.longest_pause_s
        return True


def serve_command(settings: Settings) -> int:
    """Become the process that watches over web and worker: alone, without the database's libraries, it is small.

    OSError where the port cannot be had.
    """
    _wait_for_port(settings.bind, settings.port)
    os.execv(sys.executable, [sys.executable, "-m", "bot.processes"])  # noqa: S606 - our own interpreter


def serve(settings: Settings) -> int:
    """Web and worker side by side until a signal comes; gives the exit status."""
    commands = {"web": _gunicorn(settings), "worker": [sys.executable, "-m", "bot", "worker"]}
    return watch_over(commands, environments={"web": UNREADING})


def web_command(settings: Settings) -> int:
    """Become the web process."""
    environment = {**os.environ, **UNREADING}
    os.execve(sys.executable, _gunicorn(settings), environment)  # noqa: S606 - our own interpreter


def watch_over(
    commands: Mapping[str, Sequence[str]],
    pace: Pace = Pace(),
    environments: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> int:
    """Run `commands`, each under its name, and start again what ends by itself, until a signal comes: then 0.

    One that ends too often takes the others along, and its exit status is given. `environments` says by name what is
    otherwise for one of them.
    """
    signals = Signals()
    watched = [_Watched(name, command, environments.get(name, {}), pace) for name, command in commands.items()]
    try:
        while not signals.came:
            for one in watched:
                if not one.goes_on():
                    return _exit_status(one.process.returncode)
            time.sleep(LOOK_S)
        return 0
    finally:
        end([one.process for one in watched], pace.grace_s, signals)


def wait_for_end(children: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until a child ends or a signal comes, then stop all. Gives 0 after a signal, else a bad exit status."""
    signals = Signals()
    while not signals.came and all(child.poll() is None for child in children):
        time.sleep(LOOK_S)
    asked = signals.came > 0
    statuses = end(children, OUTER_GRACE_S, signals)
    return 0 if asked else _exit_status(next((status for status in statuses if status), 1))


def start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own, so that Ctrl-C reaches us first; it is asked to stop should we be killed."""
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        env={**os.environ, **environment},
        start_new_session=True,
        preexec_fn=partial(_end_with, os.getpid()),  # noqa: PLW1509 - we have no threads
    )


def end(
    children: Sequence[subprocess.Popen[bytes]], grace_s: float = OUTER_GRACE_S, signals: Signals | None = None
) -> list[int]:
    """Ask all to stop, wait for all, and insist after `grace_s` or a second signal; gives their exit statuses."""
    for child in children:
        child.terminate()
    until = time.monotonic() + grace_s
    while any(child.poll() is None for child in children) and time.monotonic() < until:
        if signals and signals.came > 1:
            break
        time.sleep(LOOK_S)
    for child in children:
        child.kill()
    return [child.wait() for child in children]


def _end_with(parent: int) -> None:
    """In a child before it becomes its program: have the system send SIGTERM when `parent` ends, however it ends."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # else our own handler would take a SIGTERM that comes right now
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before we could ask
        os._exit(1)


def _how(status: int) -> str:
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"


def _exit_status(status: int) -> int:
    """Ours, as shells have it, where a child that nobody asked to stop left with `status`: never 0."""
    return 128 - status if status < 0 else status or 1


def _wait_for_port(host: str, port: int) -> None:
    """Return when nobody listens there; OSError where somebody still does after PORT_S, or where we may not."""
    until = time.monotonic() + PORT_S
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        try:
            socket.create_server((host.strip("[]"), port), family=family).close()
        except OSError as error:
            if time.monotonic() > until:
                raise OSError(error.errno, error.strerror, f"port {port} of {host} (PORT names another)") from None
            time.sleep(LOOK_S)
        else:
            return


def _gunicorn(settings: Settings) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "bot.wsgi:app",
        "--worker-class", "bot.web_worker.WebWorker",
        "--workers", str(settings.web_workers),
        "--threads", str(settings.web_threads),
        "--bind", f"{settings.bind}:{settings.port}",
        "--logger-class", "bot.web_log.WebLog",
        "--log-level", "warning",
        "--graceful-timeout", "10",
        "--no-control-socket",
    ]  # fmt: skip


if __name__ == "__main__":
    logs.set_up(log_form())
    closed.close()
    sys.exit(serve(Settings.read()))
