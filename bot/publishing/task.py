"""The task of an address: look at it, and tell what was found. Nothing of the page is kept."""

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Any

from bot.publishing.looking import look
from bot.publishing.outside import NoNames, Outside
from bot.storage.tasks import Errand
from bot.tasks import Later


class CheckAddress:
    """Looks at the address of an item; days are those of the agencies' zone."""

    def __init__(self, today: Callable[[], date], zone: tzinfo, outside: Outside | None = None) -> None:
        self._today = today
        self._zone = zone
        self._outside = outside or Outside()

    def __call__(self, errand: Errand) -> Mapping[str, Any]:
        """What was found, as plain data."""
        try:
            found = look(str(errand.facts["address"]), self._today(), self._zone, self._outside)
        except NoNames as error:
            raise Later("names cannot be resolved", counted=True) from error
        return {
            "on": found.on.isoformat(),
            "outcome": found.outcome.value,
            "status": found.status,
            "expired": found.expired,
            "changed_on": found.changed_on.isoformat() if found.changed_on else "",
        }
