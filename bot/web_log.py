"""Lets gunicorn, its first process too, log as we do: `gunicorn --logger-class bot.web_log.WebLog …`."""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from bot import logs
from bot.settings import log_form


class WebLog(Logger):  # type: ignore[misc]
    """gunicorn's log, which goes where gunicorn was told, in our form."""

    def setup(self, cfg: Any) -> None:
        """At the start and whenever gunicorn reads its settings again."""
        super().setup(cfg)
        logs.set_up(log_form())
