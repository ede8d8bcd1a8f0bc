"""What a log may say of an error: its kind and its place. Its words may be a person's."""

import traceback
from itertools import islice

CALLERS = 3


def place_of(error: BaseException) -> str:
    """An error as «ValueError at score.py:71 from turns.py:198, worker.py:112», the nearest callers first.

    One of the database with its code, which is no word of anyone's: «OperationalError SQLITE_FULL at …».
    """
    frames = [f"{one.filename.rsplit('/', 1)[-1]}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)]
    where = frames.pop() if frames else "nowhere"
    callers = ", ".join(islice(reversed(frames), CALLERS))
    kind = f"{type(error).__name__} {_code(error)}".rstrip()
    return f"{kind} at {where}" + (f" from {callers}" if callers else "")


def _code(error: BaseException) -> str:
    """SQLite's name or PostgreSQL's SQLSTATE for what went wrong; empty where there is none."""
    of_the_driver = getattr(error, "orig", error)
    codes = (getattr(of_the_driver, name, None) for name in ("sqlite_errorname", "sqlstate"))
    return next((code for code in codes if isinstance(code, str)), "")
