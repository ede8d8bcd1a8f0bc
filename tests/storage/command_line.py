"""Commands on the database of a test, in the test's own process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot import cli
from bot.settings import Settings


def itabot(settings: Settings, *arguments: str) -> int:
    """Run one command; gives its exit status."""
    asked = cli.asked_by(arguments)
    with _closed_afterwards():
        return asked.command(asked, settings)


@contextmanager
def _closed_afterwards() -> Iterator[None]:
    """A command ends with its process and leaves its connections to that; here they are closed."""
    opened, ours = [], threading.get_ident()

    def note(raw, _record):
        if threading.get_ident() == ours:  # workers beside the command keep theirs
            opened.append(raw)

    event.listen(Pool, "connect", note)
    try:
        yield
    finally:
        event.remove(Pool, "connect", note)
        for raw in opened:
            raw.close()
