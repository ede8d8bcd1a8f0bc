"""What a log may say of an error: its kind and its place. Its words may be a person's."""

import traceback
from itertools import islice

CALLERS = 3


def place_of(error: BaseException) -> str:
    """An error as «ValueError at score.py:71 from turns.py:198, worker.py:112», the nearest callers first."""
    frames = [f"{one.filename.rsplit('/', 1)[-1]}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)]
    where = frames.pop() if frames else "nowhere"
    callers = ", ".join(islice(reversed(frames), CALLERS))
    return f"{type(error).__name__} at {where}" + (f" from {callers}" if callers else "")
