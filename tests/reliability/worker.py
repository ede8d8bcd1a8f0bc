"""Workers as a supervisor keeps them: whoever ends is started again at once. `python -m tests.reliability.worker 2`

This process loads the modules and opens nothing; each worker is forked from it, as gunicorn's are. A worker that stands
still is woken after longer than its lease.
"""

import os
import signal
import sys
import time
import traceback
from pathlib import Path

import handlers
from bot import logs, nlu, wiring
from bot.broadcasting import Broadcasting
from bot.casts import CastLoop
from bot.line.client import Lines
from bot.settings import Settings
from bot.storage import casting, postgres, sqlite  # noqa: F401 - loaded once here, not in every worker
from bot.tasks import TaskLoop
from bot.texts import Texts
from bot.wiring import work
from bot.worker import TurnLoop
from handlers.kit import Features
from tests.reliability import echo
from tests.reliability.deaths import CAST_POINTS, ENDED_BY_ITSELF, TASK_POINTS, WORKER_POINTS, Diary, Fate, Plan, around

WATCHED = {signal.SIGTERM, signal.SIGCHLD}
#: So small that a broadcast to some thousand people has many of them.
PEOPLE_A_REQUEST, REQUESTS_A_CHUNK = 20, 4
STANDS_STILL_S = 2.5  # the lease of a second, half a second until another looks, and time to answer


def main() -> int:
    """Keep the workers until SIGTERM; gives 0 where all of them then ended well."""
    how_many, settings = int(sys.argv[1]), Settings.read()
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    logs.set_up("text")
    fate = Fate((*WORKER_POINTS, *TASK_POINTS, *CAST_POINTS))
    change(fate)
    workers: set[int] = set()
    still: dict[int, float] = {}
    while True:
        workers |= {_start(settings, fate) for _ in range(how_many - len(workers))}
        got = signal.sigtimedwait(WATCHED, 0.05)
        if got and got.si_signo == signal.SIGTERM:
            return _end(workers)
        _look_after(workers, still)


def change(fate: Fate) -> None:
    """Put the points and the echo into the service."""
    handlers.FEATURES = Features(*handlers.FEATURES.features, echo.echoing(fate))
    nlu.load = lambda _locales: echo.Understanding()
    echo.teach(Texts)
    acts = wiring.acts
    wiring.acts = lambda core, posted: {**acts(core, posted), **echo.working(fate)}
    around(TaskLoop, "work", fate, before="task claim")
    around(TaskLoop, "_keep", fate, after="task kept")
    around(TurnLoop, "work", fate, before="claim")
    around(TurnLoop, "_commit", fate, after="commit")
    for way in ("reply", "push"):
        around(Lines, way, fate, before="send", after="sent")
    casting.PEOPLE_A_REQUEST, casting.REQUESTS_A_CHUNK = PEOPLE_A_REQUEST, REQUESTS_A_CHUNK
    around(Broadcasting, "_begin", fate, after="begun")
    around(Broadcasting, "_expand", fate, after="expand")
    around(CastLoop, "work", fate, before="cast claim")
    around(Lines, "multicast", fate, before="cast", after="casted")
    around(CastLoop, "_keep", fate, after="cast kept")


def _start(settings: Settings, fate: Fate) -> int:
    worker = os.fork()
    if worker:
        return worker
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        fate.draw()
        work(settings)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a fork must never go on as its parent
        traceback.print_exc()
        os._exit(1)


def _look_after(workers: set[int], still: dict[int, float]) -> None:
    """Bury who died, wake who stood still long enough. To end in any other way than by a kill is a fault."""
    now = time.monotonic()
    for pid in [pid for pid, since in still.items() if now - since > STANDS_STILL_S]:
        del still[pid]
        os.kill(pid, signal.SIGCONT)
    while workers:
        pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
        if pid == 0:
            return
        if os.WIFSTOPPED(status):
            still[pid] = now
            continue
        workers.discard(pid)
        still.pop(pid, None)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            Diary(Path(Plan.read().diary)).note(ENDED_BY_ITSELF)


def _end(workers: set[int]) -> int:
    for pid in workers:
        os.kill(pid, signal.SIGCONT)
        os.kill(pid, signal.SIGTERM)
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in workers]
    # One that was started a moment ago ends by the signal itself: it has nothing in hand yet. One that was killed a
    # moment ago is not buried yet.
    return int(any(end not in {0, -signal.SIGTERM, -signal.SIGKILL} for end in ends))


if __name__ == "__main__":
    sys.exit(main())
