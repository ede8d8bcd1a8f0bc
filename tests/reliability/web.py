"""The web process for gunicorn, with a fate: `gunicorn tests.reliability.web:app`."""

import os

from bot.line.webhook import Intake
from bot.wsgi import app
from tests.reliability.deaths import WEB_POINTS, Fate, around

__all__ = ["app"]

fate = Fate(WEB_POINTS)
around(Intake, "store", fate, after="ingest")
os.register_at_fork(after_in_child=fate.draw)
