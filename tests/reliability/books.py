"""Reads the desk's record and the tables, and counts what the promise speaks of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot.storage.queue import State
from tests.reliability.echo import ECHO
from tests.reliability.installation import Installation


@dataclass(frozen=True)
class Message:
    """What one person said, and the numbers of the record's lines about it: first delivery, first 200."""

    event_id: str
    who: str
    text: str
    at: int
    delivered: int
    acknowledged: int | None


@dataclass(frozen=True)
class Books:
    """What came of a run. `examples` are texts of messages with which something is wrong."""

    test: str
    engine: str
    events: int
    acknowledged: int
    trouble: Mapping[str, int]
    seconds: float
    budget_s: int
    lost: int  # acknowledged, and no effect or not done
    doubled_effects: int
    doubled_answers: int
    unanswered: int  # acknowledged, and the person heard nothing
    unexcused: int  # … though no call about it met a fault
    out_of_order: int
    late: int  # delivered after its successor was taken
    late_wrongly: int  # said to be late, or not, against what was done
    dead: int
    examples: Sequence[str]

    @classmethod
    def columns(cls) -> list[str]:
        """The figures that are printed."""
        return [one.name for one in fields(cls) if one.name != "examples"]

    def row(self) -> list[str]:
        """The figures as they are printed."""
        trouble = ", ".join(f"{count} {name}" for name, count in sorted(self.trouble.items()))
        told = {**vars(self), "trouble": trouble, "seconds": round(self.seconds)}
        return [str(told[name]) for name in self.columns()]


def read(installation: Installation, test: str, trouble: Mapping[str, int], budget_s: int) -> Books:
    """The books of a run that is over."""
    entries = installation.record()
    said = _messages(entries)
    effects = [row.said for row in installation.rows("SELECT said FROM effect ORDER BY id")]
    calls = _calls(entries)
    heard = [text for text, status, _ in calls if status == 200]
    inbox = installation.rows("SELECT event_id, state, late FROM inbox")
    states = {row.event_id: row.state for row in inbox}
    acknowledged = [one for one in said if one.acknowledged]
    done = set(effects)
    silent = [one.text for one in acknowledged if one.text not in set(heard)]
    troubled = {text for text, status, fault in calls if fault or status != 200}
    lost = [one.text for one in acknowledged if one.text not in done or states.get(one.event_id) != State.DONE]
    twice = [text for said_again in (effects, heard) for text, count in Counter(said_again).items() if count > 1]
    overtaken, wrongly = _overtaken(said, effects)
    return Books(
        test=test,
        engine=installation.engine,
        events=len(said),
        acknowledged=len(acknowledged),
        trouble=trouble,
        seconds=installation.seconds,
        budget_s=budget_s,
        lost=len(lost),
        doubled_effects=_doubled(effects) + len(inbox) - len(states),
        doubled_answers=_doubled(heard),
        unanswered=len(silent),
        unexcused=len(set(silent) - troubled),
        out_of_order=wrongly + _swapped(said, effects, heard),
        late=sum(bool(row.late) for row in inbox),
        late_wrongly=len({row.event_id for row in inbox if row.late} ^ overtaken),
        dead=sum(row.state == State.DEAD for row in inbox),
        examples=[*lost, *twice, *set(silent) - troubled][:5],
    )


def _messages(entries: Sequence[Mapping[str, Any]]) -> list[Message]:
    """What was said, in the order it was said."""
    found: dict[str, Message] = {}
    for entry in (one for one in entries if one["kind"] == "webhook"):
        event, good = entry["event"], entry["n"] if entry["status"] == 200 else None
        seen = found.get(event["webhookEventId"])
        found[event["webhookEventId"]] = Message(
            event["webhookEventId"], entry["user"], event["message"]["text"], event["timestamp"],
            seen.delivered if seen else entry["n"], (seen.acknowledged if seen else None) or good,
        )  # fmt: skip
    return sorted(found.values(), key=lambda one: one.at)


def _calls(entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, str | None]]:
    """Every answer that was brought to LINE: which text it echoes, the status, the fault that was put in its way."""
    sending = [one for one in entries if one["kind"] == "api" and one["path"].endswith(("/reply", "/push"))]
    return [
        (message["text"].removeprefix(ECHO), one["status"], one["fault"])
        for one in sending
        for message in one["body"]["messages"]
        if message.get("text", "").startswith(ECHO)
    ]


def _doubled(texts: Sequence[str]) -> int:
    return sum(count - 1 for count in Counter(texts).values())


def _overtaken(said: Sequence[Message], effects: Sequence[str]) -> tuple[set[str], int]:
    """Who took effect after a later message of the same person; and how often that may not be.

    It may be where the earlier one was not acknowledged before the later one was first delivered: the desk delivers a
    person's webhooks one after the other, so the record's numbers tell.
    """
    place = {text: number for number, text in reversed(list(enumerate(effects)))}
    overtaken: set[str] = set()
    wrongly = 0
    for one in said:
        before = [
            other for other in said
            if other.who == one.who and other.at > one.at and one.text in place
            and place.get(other.text, len(effects)) < place[one.text]
        ]  # fmt: skip
        overtaken |= {one.event_id} if before else set()
        wrongly += any(one.acknowledged and one.acknowledged < other.delivered for other in before)
    return overtaken, wrongly


def _swapped(said: Sequence[Message], effects: Sequence[str], heard: Sequence[str]) -> int:
    """How often a person heard two answers the other way round than the messages took effect."""
    who = {one.text: one.who for one in said}
    place = {text: number for number, text in enumerate(effects)}
    newest: dict[str, int] = {}
    swapped = 0
    for text in dict.fromkeys(heard):
        if text in place:
            swapped += place[text] < newest.get(who[text], -1)
            newest[who[text]] = max(place[text], newest.get(who[text], -1))
    return swapped
