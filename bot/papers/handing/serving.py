"""Puts papers among what the web process serves, and their addresses among those that replies lead to."""

import time
from typing import TYPE_CHECKING

from flask import Flask

from bot.calendar.addresses import CalendarAddresses
from bot.evidence.sealed import SealedShelf
from bot.papers.handing.addresses import PaperAddresses
from bot.papers.handing.orders import Orders
from bot.papers.handing.pages import Papers, pages
from bot.papers.handing.reading import Readings
from bot.tell import serving

if TYPE_CHECKING:
    from bot.wiring import Core


def serve_papers(app: Flask, core: "Core") -> None:
    """Whatever an address of a paper leads to."""
    app.register_blueprint(pages(Papers(orders_of(core))))


def orders_of(core: "Core") -> Orders:
    """What is asked for, for the pages that show it and the task that makes it."""
    return Orders(readings_of(core), core.queue, SealedShelf(core.shelf, core.ring))


def readings_of(core: "Core") -> Readings:
    """What papers are made from."""
    return Readings(core.ring, core.database, core.channels, lambda: core.texts, core.now)


def addresses_of(core: "Core") -> PaperAddresses:
    """Where every tap of a reply leads: to a paper, a calendar, a file, or outside."""
    reached_at = core.settings.reached_at
    others = CalendarAddresses(core.ring, reached_at, serving.addresses_of(core))
    return PaperAddresses(core.ring, reached_at, _now, others)


def _now() -> int:
    return time.time_ns() // 1_000_000
