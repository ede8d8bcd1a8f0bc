"""Writes what a turn came to as messages for LINE."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from bot.channels import Channels
from bot.evidence.addresses import Addresses
from bot.line.events import Heard
from bot.line.render import Voice, render
from bot.storage.lanes import Address
from bot.storage.people import SqlPeople
from bot.storage.queue import Event, Letter, Outgoing
from bot.storage.tasks import Errands
from bot.texts import Texts
from bot.turns import Taken
from handlers.kit import Notice, Task, say


class Letters:
    """Knows every language, and how each agency ends a sentence."""

    def __init__(self, texts: Texts, channels: Channels, addresses: Addresses | None = None) -> None:
        self._texts = texts
        self._channels = channels
        self._addresses = addresses

    def answer(self, event: Event, heard: Heard, taken: Taken | None) -> list[Outgoing]:
        """The answer to an event; none where nothing is said or nobody can hear it."""
        if taken is None or not taken.reply.bubbles or not heard.to:
            return []
        messages = render(taken.reply, self._voice(event.agency_id, taken.language), taken.asked_by)
        json.dumps(messages)  # what cannot be sent must fail here, where the turn can still be tried again
        return [
            Outgoing(
                heard.to, messages, heard.reply_token, event.received_at, taken.reply.needed, language=taken.language
            )
        ]

    def notices(self, agency_id: int, people: SqlPeople, notices: Sequence[Notice]) -> list[tuple[str, Outgoing]]:
        """What people are told unasked, each with the lane that it goes by."""
        told = [(people.address_of(one.to), one) for one in notices if one.reply.bubbles]
        return [(address.lane, self._notice(agency_id, address.to, one)) for address, one in told]

    @staticmethod
    def errands(people: SqlPeople, notices: Sequence[Notice]) -> list[Errands]:
        """What is to be done for people, told of or not."""
        return [(people.address_of(one.to), _named(one.reply.tasks)) for one in notices if one.reply.tasks]

    def instead_of(self, letter: Letter) -> list[Outgoing]:
        """What a person hears in place of an answer that LINE found invalid; nothing where that was such an apology."""
        refused = letter.outgoing
        if refused.apology:
            return []
        messages = render(say("help.unsayable"), self._voice(letter.agency_id, refused.language))
        return [
            Outgoing(
                refused.to, messages, refused.reply_token, refused.token_at, language=refused.language, apology=True
            )
        ]

    def _notice(self, agency_id: int, to: str, notice: Notice) -> Outgoing:
        messages = render(notice.reply, self._voice(agency_id, notice.to.language))
        json.dumps(messages)
        return Outgoing(to, messages, language=notice.to.language)

    def _voice(self, agency_id: int, language: str) -> Voice:
        particle = self._channels.by_id(agency_id).office.particle
        if self._addresses is None:
            return Voice(self._texts, language, particle)
        return Voice(self._texts, language, particle, partial(self._addresses.of, agency_id))


def own_errands(event: Event, heard: Heard, taken: Taken) -> Errands:
    """What is to be done for whoever was answered."""
    return Address(heard.user_id, event.lane), _named(taken.reply.tasks)


def _named(tasks: Sequence[Task]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(task.name, task.facts) for task in tasks]
