"""The desk itself: every account, and what they share."""

from __future__ import annotations

import secrets
from typing import Any

from bot.simulator.accounts import Account
from bot.simulator.clock import Clock
from bot.simulator.config import ROLE_NAMES, Config
from bot.simulator.delivery import Delivery
from bot.simulator.faults import Faults
from bot.simulator.record import Record


class Desk:
    """Holds the accounts, the clock, the record, the planned troubles and the way out."""

    def __init__(self, config: Config) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.record = Record(config.record)
        self.delivery = Delivery(self.record, self.clock, self.faults, config.redelivery, config.webhook_seconds)
        self.accounts = {agency.slug: Account(agency) for agency in config.agencies}

    def by_token(self, token: str) -> Account | None:
        """The account that an access token opens."""
        given, found = token.encode(), None
        for account in self.accounts.values():
            if secrets.compare_digest(given, account.agency.access_token.encode()):
                found = account
        return found or self._by_issued(token)

    def by_client(self, client_id: str, client_secret: str) -> Account | None:
        """The account whose channel id and secret these are."""
        for account in self.accounts.values():
            if account.agency.channel_id and account.agency.channel_id == client_id:
                known = account.agency.channel_secret.encode()
                return account if secrets.compare_digest(client_secret.encode(), known) else None
        return None

    def state(self) -> dict[str, Any]:
        """Agencies, personas and quotas, for the page and for tests."""
        accounts = [account.as_json(ROLE_NAMES) for account in self.accounts.values()]
        return {"agencies": accounts, "now": self.clock.now_ms(), "record": self.record.last()}

    def close(self) -> None:
        """Stop delivering and let go of the record."""
        self.delivery.close()
        self.record.close()

    def _by_issued(self, token: str) -> Account | None:
        for account in self.accounts.values():
            if account.issued_tokens.get(token, 0.0) > self.clock.now():
                return account
        return None
