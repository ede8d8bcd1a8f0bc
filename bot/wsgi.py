"""The web process for gunicorn: `gunicorn bot.wsgi:app`."""

from bot.settings import Settings
from bot.wiring import web

app = web(Settings.read())
