"""Writes what a turn came to as messages for LINE."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from bot.channels import Channels
from bot.line.events import Heard
from bot.line.render import Voice, outside, render
from bot.storage.agencies import Agency
from bot.storage.lanes import Address
from bot.storage.people import SqlPeople
from bot.storage.queue import Event, Letter, Outgoing
from bot.storage.tasks import Errands, Wanted
from bot.texts import Texts
from bot.turns import Taken
from handlers.broadcasting.broadcast_cards import as_sent
from handlers.kit import Notice, Reply, Task, say
from itadomain.broadcasts.broadcast import Broadcast

OWN = "th"
#: What was drawn already of one job's notices, by the reply and the language.
Drawn = dict[tuple[int, str], list[dict[str, Any]]]


class Addresses(Protocol):
    """Where taps lead."""

    def of(self, agency_id: int, uri: str, person: str = "") -> str:
        """The address that is shown for what a reply names, made for a person; empty where there is none."""

    def for_all(self, agency_id: int, uri: str, since: int) -> str:
        """The same, for everybody who was told of it at `since` (ms) and for as long as they may look at it."""


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
        messages = render(taken.reply, self._voice(event.agency_id, taken.language, taken.who), taken.asked_by)
        json.dumps(messages)  # what cannot be sent must fail here, where the turn can still be tried again
        return [
            Outgoing(
                heard.to, messages, heard.reply_token, event.received_at, taken.reply.needed, language=taken.language
            )
        ]

    def notices(self, agency_id: int, people: SqlPeople, notices: Sequence[Notice]) -> list[tuple[str, Outgoing]]:
        """What people are told unasked, each with the lane that it goes by."""
        told = [(people.address_of(one.to), one) for one in notices if one.reply.bubbles]
        drawn: Drawn = {}
        return [(address.lane, self._notice(agency_id, address.to, one, drawn)) for address, one in told]

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

    def broadcast(self, agency: Agency, one: Broadcast) -> Sequence[Mapping[str, Any]]:
        """What everybody sees of a broadcast, in the agency's own language: it is the same for all."""
        shown = as_sent(one.content, agency.office, citizens=one.audience.citizens, trial=one.trial)
        since = int(one.send_at.timestamp() * 1000)
        voice = Voice(self._texts, OWN, agency.office.particle, partial(self._for_all, agency.id, since))
        return render(Reply((shown,)), voice)

    def _for_all(self, agency_id: int, since: int, uri: str) -> str:
        return self._addresses.for_all(agency_id, uri, since) if self._addresses else outside(uri)

    def _notice(self, agency_id: int, to: str, notice: Notice, drawn: Drawn) -> Outgoing:
        """What several are told alike is drawn once; not where it leads to addresses that are made for a person."""
        alike = id(notice.reply), notice.to.language
        messages = drawn.get(alike)
        if messages is None:
            led: list[str] = []
            messages = render(notice.reply, _noting(self._voice(agency_id, notice.to.language, notice.to.id), led))
            json.dumps(messages)
            if not any(led):
                drawn[alike] = messages
        return Outgoing(to, messages, language=notice.to.language, to_citizen=not notice.to.roles)

    def _voice(self, agency_id: int, language: str, person: str = "") -> Voice:
        """How an agency speaks in a language; addresses are made for a person."""
        particle = self._channels.by_id(agency_id).office.particle
        if self._addresses is None:
            return Voice(self._texts, language, particle)
        return Voice(self._texts, language, particle, partial(self._addresses.of, agency_id, person=person))


def _noting(voice: Voice, led: list[str]) -> Voice:
    """The same voice, which notes what it makes addresses for."""
    leads = voice.address

    def address(uri: str) -> str:
        led.append(uri)
        return leads(uri)

    voice.address = address
    return voice


def own_errands(event: Event, heard: Heard, taken: Taken) -> Errands:
    """What is to be done for whoever was answered."""
    return Address(heard.user_id, event.lane), _named(taken.reply.tasks)


def _named(tasks: Sequence[Task]) -> list[Wanted]:
    return [Wanted(task.name, task.facts, int(task.at.timestamp() * 1000) if task.at else 0) for task in tasks]
