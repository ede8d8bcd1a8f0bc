"""People who each tell of a problem, all at a pace that waits for nobody; the simulator is their LINE.

The first one alone taps what is offered, and the postbacks of those taps are what everybody else's phone sends. From
then on whoever is due says their next word, answered or not.
"""

import heapq
import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.simulator.config import Agency, Config, Persona
from bot.simulator.people import Person
from bot.simulator.server import DeskServer

SLUG = "bench"
OFFICERS = tuple(f"U{'f' * 31}{number}" for number in range(3))
#: What is tapped after the words, by what stands on the button.
LABELS = ("ส่งเรื่อง", "ไฟฟ้าสาธารณะ", "ตอบในแชทนี้", "ส่ง")
EVENTS = 1 + len(LABELS)
#: Between two words of one person: as fast as somebody who does not read.
PAUSE_S = 2.0
TICKET = re.compile(r"\b\d\d-\d{6}-[0-9A-Z]\b")
ANSWER_S = 10
LOOK_S = 0.2
#: Nothing more was answered for so long: what is missing is lost. Longer than a lease and a pause together.
SILENCE_S = 45
#: After the last answer, for a second one if there should be one.
LINGER_S = 2


def story(number: int) -> str:
    """What this one tells; nobody else tells the same."""
    return f"ไฟถนนดับหน้าวัด หมู่ {number % 9 + 1} เสาที่ {number}"


def user(number: int) -> str:
    return f"U{number:032x}"


@dataclass
class Heard:
    """What LINE's record says of one run; moments and durations in milliseconds."""

    webhooks_ms: list[float] = field(default_factory=list)
    said_at: dict[str, list[float]] = field(default_factory=dict)
    answered_at: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0
    pushed: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    tickets: dict[str, list[str]] = field(default_factory=dict)
    told_officers: int = 0
    denied: Counter[str] = field(default_factory=Counter)

    @property
    def answers_ms(self) -> list[float]:
        """From each word to its answer, replied or pushed: a person is answered in the order in which they wrote."""
        return [took for who in self.said_at for took in self._of(who)]

    @property
    def tickets_ms(self) -> list[float]:
        """From each person's last word to the answer with the number."""
        return [took for who in self.said_at for took in self._of(who)[EVENTS - 1 :]]

    def _of(self, who: str) -> list[float]:
        both = zip(sorted(self.said_at[who]), sorted(self.answered_at.get(who, ())), strict=False)
        return [answered - said for said, answered in both]


class Town:
    """An account on the simulator, and everybody who writes to it."""

    def __init__(self, folder: Path, port: int, secret: str) -> None:
        self.token = secrets.token_hex(16)
        officers = tuple(Persona("officer", "เจ้าหน้าที่", one) for one in OFFICERS)
        webhook, bot = f"http://127.0.0.1:{port}/line/{SLUG}/webhook", "U" + "b" * 32
        agency = Agency(SLUG, "อบต.", webhook, secret, self.token, bot, officers, quota=None)
        self._server = DeskServer(Config(folder / "record.jsonl", (agency,))).start()
        self.url = self._server.url
        self._desk = self._server.desk
        self._seen = 0
        self._entries: list[dict[str, Any]] = []
        self._taps: Sequence[Mapping[str, Any]] = ()

    def close(self) -> None:
        self._server.close()

    def begin(self) -> None:
        """One person alone files a complaint by what the answers offer; the others will tap the same."""
        self._say(0, story(0))
        taps = []
        for label in LABELS:
            taps.append(self._offered(label))
            self._person(0).tap(dict(taps[-1]))
        self._offered("ถึงไหนแล้ว")
        self._taps = taps

    def complain(self, rate: float, seconds: float) -> float:
        """Everybody else: `rate` begin in each second; gives by how many seconds the latest word was late."""
        began, latest = time.monotonic(), 0.0
        due = [(began + number / rate, number + 1, 0) for number in range(int(rate * seconds))]
        heapq.heapify(due)
        while due:
            at, number, step = heapq.heappop(due)
            time.sleep(max(0, at - time.monotonic()))
            latest = max(latest, time.monotonic() - at)
            if step == 0:
                self._say(number, story(number))
            else:
                self._person(number).tap(dict(self._taps[step - 1]))
            if step + 1 < EVENTS:
                heapq.heappush(due, (at + PAUSE_S, number, step + 1))
        return latest

    def settle(self, people: int) -> float:
        """Wait until everyone has all answers, or nothing more comes; gives when the last one came."""
        last, count, looked = time.monotonic(), 0, 0
        while count < people * EVENTS and time.monotonic() - last < SILENCE_S:
            new = self._record()[looked:]
            looked += len(new)
            answers = sum(_is_answer(entry) for entry in new)
            if answers:
                last, count = time.monotonic(), count + answers
            time.sleep(LOOK_S)
        time.sleep(LINGER_S)
        return last

    def heard(self) -> Heard:
        """All of it, but what concerns the first person, who was alone."""
        found = Heard()
        for entry in self._record():
            if entry["user"] != user(0):
                (_webhook if entry["kind"] == "webhook" else _call)(found, entry)
        return found

    def _record(self) -> list[dict[str, Any]]:
        self._entries += self._desk.record.after(self._seen, limit=10**9)
        self._seen = self._entries[-1]["n"] if self._entries else 0
        return self._entries

    def _person(self, number: int) -> Person:
        return Person(self._desk, self._desk.accounts[SLUG], user(number))

    def _say(self, number: int, text: str) -> None:
        self._person(number).say(text)

    def _offered(self, label: str) -> Mapping[str, Any]:
        """The tap with this label in the newest answer to the first person, when it comes."""
        until = time.monotonic() + ANSWER_S
        while time.monotonic() < until:
            for entry in reversed([one for one in self._record() if _is_answer(one) and one["chat"] == user(0)]):
                for action in _actions(entry["body"]["messages"]):
                    if action.get("label") == label:
                        return action
            time.sleep(LOOK_S)
        raise RuntimeError(f"«{label}» was not offered: {self._record()[-1]}")


@contextmanager
def town(folder: Path, port: int, secret: str) -> Iterator[Town]:
    """A town, until the end of the block."""
    opened = Town(folder, port, secret)
    try:
        yield opened
    finally:
        opened.close()


def _is_answer(entry: Mapping[str, Any]) -> bool:
    sent = entry["kind"] == "api" and entry["path"].startswith("/v2/bot/message/") and entry["method"] == "POST"
    return sent and entry["status"] == 200 and entry["chat"] not in OFFICERS


def _actions(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every action in messages, wherever it lies."""
    if isinstance(part, list):
        for one in part:
            yield from _actions(one)
    elif isinstance(part, dict):
        if part.get("type") == "postback":
            yield part
        for one in part.values():
            yield from _actions(one)


def _webhook(found: Heard, entry: Mapping[str, Any]) -> None:
    if entry["status"] == 200:
        found.webhooks_ms.append(entry["ms"])
        if entry["event"]["webhookEventId"] not in found.acknowledged:
            found.said_at.setdefault(entry["user"], []).append(entry["event"]["timestamp"])
        found.acknowledged[entry["event"]["webhookEventId"]] += 1
    else:
        found.refused += 1


def _call(found: Heard, entry: Mapping[str, Any]) -> None:
    if entry["chat"] in OFFICERS:
        found.told_officers += entry["status"] == 200
    elif _is_answer(entry):
        who = entry["chat"]
        found.answered[who] += 1
        found.answered_at.setdefault(who, []).append(datetime.fromisoformat(entry["at"]).timestamp() * 1000)
        found.pushed += entry["path"].endswith("/push")
        numbers = TICKET.findall(json.dumps(entry["body"]["messages"], ensure_ascii=False))
        if numbers:
            found.tickets.setdefault(who, []).append(numbers[0])
    elif entry["status"] not in {200, 202}:
        found.denied[f"{entry['path']} {entry['status']}"] += 1
