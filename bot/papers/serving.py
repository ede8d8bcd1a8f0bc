"""Puts papers among what the web process serves, and their addresses among those that replies lead to."""

import time
from typing import TYPE_CHECKING

from flask import Flask

from bot.calendar.addresses import CalendarAddresses
from bot.papers.addresses import PaperAddresses
from bot.papers.pages import Papers, pages
from bot.tell import serving

if TYPE_CHECKING:
    from bot.wiring import Core


def serve_papers(app: Flask, core: "Core") -> None:
    """Posters and what surveys came to."""
    app.register_blueprint(pages(Papers(core.ring, core.database, core.channels, lambda: core.texts, core.today, _now)))


def addresses_of(core: "Core") -> PaperAddresses:
    """Where every tap of a reply leads: to a paper, a calendar, a file, or outside."""
    reached_at = core.settings.reached_at
    others = CalendarAddresses(core.ring, reached_at, serving.addresses_of(core))
    return PaperAddresses(core.ring, reached_at, _now, others)


def _now() -> int:
    return time.time_ns() // 1_000_000
