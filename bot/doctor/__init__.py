"""Looks at an installation as a doctor does: touches everything, changes nothing, says what to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from bot.doctor import channels, evidence, house
from bot.doctor.finding import Finding, Result, bad, doubtful, good
from bot.faults import place_of
from bot.line.client import Lines
from bot.wiring import Core

__all__ = ["Finding", "Result", "examine"]

AT_A_TIME = 8  # agencies; each waits for LINE most of the time
#: Where one of these fails, no agency can be read.
NEEDED = {"keys", "database", "migrations"}


def examine(core: Core, lines: Lines, named: Sequence[str] = (), *, try_webhooks: bool = False) -> Iterator[Finding]:
    """Every finding, as it is made: the house, LINE, then the agencies `named`, else all.

    Each of those named has LINE try its webhook; of all agencies only where `try_webhooks` asks for it.
    """
    failed = set()
    for finding in (*_house(core), *_looked("line", lambda: house.line(lines, core.settings.line_api))):
        if finding.result is Result.FAIL:
            failed.add(finding.check)
        yield finding
    if failed & NEEDED:
        return
    yield from _looked("database clock", lambda: house.database_clock(core))
    yield from house.redelivery()
    try_webhooks = try_webhooks or bool(named)
    if not try_webhooks:
        yield good("webhook test", "left out: it is made for agencies that are named, or with --test-webhook")
    reached = None if "line" in failed else lines
    yield from _looked("agencies", lambda: _agencies(core, reached, named, try_webhooks=try_webhooks))


def _house(core: Core) -> Iterator[Finding]:
    yield from house.settings(core)
    yield from house.keys(core)
    yield from _looked("texts", house.texts)
    stored = list(_looked("database", partial(house.database, core)))
    yield from stored
    yield from _looked("disk", partial(house.disk, core))
    yield from _looked("evidence", partial(evidence.shelf, core))
    if not any(one.check == "database" and one.result is Result.FAIL for one in stored):
        yield from _looked("engine", partial(house.engine, core))


def _agencies(core: Core, lines: Lines | None, named: Sequence[str], *, try_webhooks: bool) -> Iterator[Finding]:
    if not named:
        with core.database.reading(across=True) as connection:
            named = core.agencies.slugs(connection)
    if not named:
        yield doubtful("agencies", "there are none", "see «itabot agency add»")

    def visit(slug: str) -> Iterable[Finding]:
        found = _looked("agency", lambda: channels.examine(core, lines, slug, try_webhook=try_webhooks))
        return [replace(finding, agency=slug) for finding in found]

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for found in pool.map(visit, named):
            yield from found


def _looked(check: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What `look` finds; a fault of ours is a finding too."""
    try:
        yield from look()
    except Exception as error:  # noqa: BLE001 - whoever calls the doctor wants to know the rest as well
        yield bad(check, f"it could not be looked at: {place_of(error)}", "report this line: it is a fault of itabot")
