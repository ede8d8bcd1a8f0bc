"""Lets every Python process that finds this on its path live so many seconds ahead; how long something takes stays."""

import datetime as dt
import os
import time

AHEAD_S = int(os.environ["ITABOT_TESTS_AHEAD_S"])
_seconds, _nanoseconds = time.time, time.time_ns


class _Ahead(dt.datetime):
    """A moment; what is now is asked of the clock that is ahead."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), dt.UTC).replace(tzinfo=None)


time.time = lambda: _seconds() + AHEAD_S
time.time_ns = lambda: _nanoseconds() + AHEAD_S * 10**9
dt.datetime = _Ahead
