"""Lets gunicorn, its first process too, log as we do: `gunicorn --logger-class bot.web_log.WebLog …`."""

from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from bot import closed, logs
from bot.settings import log_form


class WebLog(Logger):  # type: ignore[misc]
    """gunicorn's log, which goes where gunicorn was told, in our form."""

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """As it is; but of a request that is none, neither where it came from nor what was in it."""
        unread = str(msg).startswith("Invalid request from")
        super().warning("what came was no request" if unread else msg, *args, **kwargs)

    def debug(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """As it is; but of a request not its address."""
        super().debug(*(("%s", args[0]) if str(msg) == "%s %s" else (msg, *args)), **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """As it is; but not the address that failed, which may open something."""
        failed = str(msg).startswith("Error handling request")
        super().exception(*(("a request failed",) if failed else (msg, *args)), **kwargs)

    def setup(self, cfg: Any) -> None:
        """At the start and whenever gunicorn reads its settings again."""
        super().setup(cfg)
        logs.set_up(log_form())
        closed.close()
