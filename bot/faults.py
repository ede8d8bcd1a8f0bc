"""What a log may say of an error: its kind and its place. Its words may be a person's."""

import traceback


def place_of(error: BaseException) -> str:
    """An error as «ValueError at score.py:71»."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__} at {where}"
