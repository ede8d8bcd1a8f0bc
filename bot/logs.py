"""Lines of the log: one JSON object each for a collector, text for a person. They tell ids and outcomes, never words.

Of an exception only kind and place are told, whoever logs it and however, for its words may be a person's. Of a
sentence only the first line is told: what some libraries add below is the traceback, with those words at its end.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType

from bot.faults import place_of

log = logging.getLogger(__name__)

_ids: ContextVar[Mapping[str, int | str]] = ContextVar("ids", default=MappingProxyType({}))


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """Put `ids` on every line written inside, beside those of an `about` around it: agency=3, event=17, attempt=2.

    Numbers and short ids of our own, never words, names or a person's id at LINE. A new thread begins without any.
    """
    before = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(before)


class Json(logging.Formatter):
    """A line as one JSON object, in ASCII, so that it stays one line in every encoding."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line; the time is UTC."""
        error = _error(record)
        return json.dumps({
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "says": _sentence(record),
            "process": record.process,
            "thread": record.threadName,
            **({"error": error} if error else {}),
            **_ids.get(),
        })  # fmt: skip


class Text(logging.Formatter):
    """A line to be read; the time is the machine's."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, its ids at the end."""
        error = _error(record)
        says = f"{_sentence(record)}: {error}" if error else _sentence(record)
        ids = "".join(f" {name}={value}" for name, value in _ids.get().items())
        return f"{self.formatTime(record)} {record.levelname} {record.name} {says}{ids}"


def set_up(form: str) -> None:
    """Send all that this process logs to standard error as `json` or `text`; it may be called again."""
    formatter = Json() if form == "json" else Text()
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for own in logging.getLogger("gunicorn.error").handlers:  # gunicorn's lines do not come by the root
        own.setFormatter(formatter)
    for talkative in ("alembic", "fontTools"):  # each migration, each table of a typeface
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # else a line that cannot be written is shown with all its facts
    sys.excepthook = lambda _kind, error, _trace: _not_caught(error)
    sys.unraisablehook = lambda failed: _not_caught(failed.exc_value)
    threading.excepthook = lambda failed: _not_caught(failed.exc_value)


def _not_caught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):  # a thread may end by it, and none calls that a fault
        log.critical("not caught: %s", place_of(error))


def _sentence(record: logging.LogRecord) -> str:
    """The finished sentence; unfinished where its facts do not fit in."""
    sentence = str(_told(record.msg))
    if record.args:
        try:
            sentence %= _facts(record.args)
        except Exception:  # noqa: BLE001 - a line that is wrong must neither stop us nor get lost
            return sentence
    return sentence.strip().partition("\n")[0]


def _facts(facts: tuple[object, ...] | Mapping[str, object]) -> tuple[object, ...] | Mapping[str, object]:
    if isinstance(facts, Mapping):
        return {name: _told(fact) for name, fact in facts.items()}
    return tuple(_told(fact) for fact in facts)


def _told(fact: object) -> object:
    return place_of(fact) if isinstance(fact, BaseException) else fact


def _error(record: logging.LogRecord) -> str:
    """Kind and place of the exception that is attached; empty without one."""
    error = record.exc_info[1] if record.exc_info else None
    return place_of(error) if error else ""
