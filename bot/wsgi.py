"""The web process for gunicorn: `gunicorn bot.wsgi:app`."""

import logging

from flask import Flask

from bot import closed, logs
from bot.faults import place_of
from bot.settings import BadSettings, Settings, log_form
from bot.storage.schema import NewerDatabase, refuse_newer
from bot.wiring import web

GIVE_UP = 3  # gunicorn's own status of a worker that cannot start: it then stops instead of starting the next

log = logging.getLogger(__name__)


def _app() -> Flask:
    """The app. What hinders it is told here: gunicorn would print the words of the exception."""
    logs.set_up(log_form())
    closed.close()
    try:
        made = web(Settings.read())
        refuse_newer(made.extensions["core"].database)
    except BadSettings as bad:
        for why in bad.faults:
            log.critical("%s", why)
    except NewerDatabase as newer:
        why = str(newer)  # of an exception itself the log tells no word
        log.critical("%s", why)
    except Exception as error:  # noqa: BLE001 - whatever it is, its words stay here
        log.critical("cannot start: %s", place_of(error))
    else:
        return made
    raise SystemExit(GIVE_UP)


app = _app()
