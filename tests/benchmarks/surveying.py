"""People who all answer a survey at once, each as soon as the question is there; the simulator is their LINE.

Everybody says the first word in the same moment and then taps what the answer offers, each in a way that nobody else
does, so that what is counted in the end can be held against what was tapped.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.complaining import LOOK_S, Heard, Town, _actions, _call, _is_answer, _webhook, user

FIRST_WORD, BEGIN, SKIP, SEND = "ตอบแบบสำรวจ", "เริ่มตอบ", "ข้าม", "ส่งคำตอบ"
#: Nothing was answered for so long: what is missing is lost. Longer than a lease and a pause together.
SILENCE_S = 60
#: After the last answer, for a second one if there should be one.
LINGER_S = 2


@dataclass
class Respondent:
    """One who answers: what they tapped so far, and whether they sent it and were thanked."""

    number: int
    steps: list[int] = field(default_factory=list)
    said: int = 0
    sent: bool = False
    done: bool = False

    def taps(self, messages: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """What they tap next of what is offered; None after the thanks."""
        offered = {action["label"]: action for action in _actions(messages) if "label" in action}
        if self.sent:
            self.done = True
            return None
        self.sent = SEND in offered
        for label in (SEND, BEGIN):
            if label in offered:
                return offered[label]
        labels = list(offered)
        steps = labels[: labels.index(SKIP)]
        step = self.number // 4 ** (len(self.steps) % 5) % len(steps)
        self.steps.append(step)
        return offered[steps[step]]


class Crowd(Town):
    """An account on the simulator, and everybody who answers."""

    def answer(self, people: int) -> tuple[Mapping[int, Respondent], float]:
        """Let everybody answer; gives what each of them tapped, and how many seconds it took."""
        everyone = {number: Respondent(number) for number in range(1, people + 1)}
        by_user = {user(number): one for number, one in everyone.items()}
        began = last = time.monotonic()
        for one in everyone.values():
            one.said += 1
            self._say(one.number, FIRST_WORD)
        looked = 0
        while time.monotonic() - last < SILENCE_S and not all(one.done for one in everyone.values()):
            new = self._record()[looked:]
            looked += len(new)
            for entry in (one for one in new if _is_answer(one) and one["chat"] in by_user):
                last = time.monotonic()
                self._go_on(by_user[entry["chat"]], entry["body"]["messages"])
            time.sleep(LOOK_S / 10)
        took = last - began
        time.sleep(LINGER_S)
        return everyone, took

    def heard(self) -> Heard:
        """All that LINE's record says."""
        found = Heard()
        for entry in self._record():
            (_webhook if entry["kind"] == "webhook" else _call)(found, entry)
        return found

    def _go_on(self, one: Respondent, messages: Sequence[Mapping[str, Any]]) -> None:
        action = one.taps(messages)
        if action is not None:
            one.said += 1
            self._person(one.number).tap(dict(action))


def answered(everyone: Mapping[int, Respondent]) -> Counter[tuple[int, ...]]:
    """How often each way of answering was tapped to the end."""
    return Counter(tuple(one.steps) for one in everyone.values() if one.done)


@contextmanager
def crowd(folder: Path, port: int, secret: str) -> Iterator[Crowd]:
    """A crowd, until the end of the block."""
    opened = Crowd(folder, port, secret)
    try:
        yield opened
    finally:
        opened.close()
