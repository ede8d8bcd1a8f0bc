"""A worker with a feature of the test's own, for the tests of turns."""

import json
import re
from datetime import UTC

from bot.letters import Letters
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers.common import help as help_feature
from handlers.kit import Feature, Features, say
from tests.storage.by_heart import ByHeart

LEASE, MOST, A_MINUTE = 30_000, 3, 2
TEXTS = Texts()
USER, OTHER = "U" + "1" * 32, "U" + "2" * 32


class Office:
    """A worker with a feature of the test's own, whose steps run what the test puts into `does`."""

    def __init__(self, house):
        self.house = house
        self.agency = house.add_agency("north")
        self.does = {}
        self.posted = []
        turns = Turns(Features(self._trial(), help_feature.feature), ByHeart(), TEXTS)
        self.loop = TurnLoop(
            house.ledger, turns, Letters(TEXTS, house.core.channels), Patience(LEASE, MOST, A_MINUTE), UTC,
            lambda: self.posted.append(True),
        )  # fmt: skip

    def _trial(self):
        trial = Feature("trial")

        @trial.on("intent:out_of_scope")
        def other_words(_turn):
            return say("help.cancelled")

        @trial.on("intent:trial")
        def run(turn):
            self.does["trial"](turn)
            if turn.who.name:
                turn.store.people.save(turn.who.speaking("en"))
            return say("help.cancelled")

        return trial

    def hear(self, name, text="hello", user=USER, at=None, **more):
        event = {
            "id": name, "type": "message", "replyToken": f"r-{name}", "source": {"userId": user},
            "message": {"type": "text", "text": text}, **more,
        }  # fmt: skip
        self.house.put(self.agency, {"id": name, "lane": user, "at": at or self.house.clock(), "body": event})

    def one(self, owner="w"):
        """Take one turn; False where none waits."""
        event = self.loop.claim(owner)
        if event is not None:
            self.loop.work(event, owner)
        return event is not None

    def work(self, owner="w"):
        while self.one(owner):
            pass

    def work_on(self, times=MOST + 1):
        for _ in range(times):
            self.work()
            self.house.clock.pass_ms(1_000_000)

    def states(self):
        return dict(self.house.rows("SELECT event_id, state FROM inbox"))

    def letters(self):
        ring, found = self.house.core.ring, []
        for key, body in self.house.rows("SELECT retry_key, body FROM outbox ORDER BY id"):
            found.append(json.loads(ring.open_text(body, self.agency, "outbox", "body", key)))
        return found

    def answers(self):
        return [(letter["reply_token"], letter["messages"][0]["text"]) for letter in self.letters()]


def text_of(key):
    """The longest stretch of a text that has no blank to fill."""
    return max(re.split(r"\{.*?\}", TEXTS.words["th"][key]), key=len)


def enrol(office):
    from bot import enrol as enrolment

    enrolment.add_member(office.house.core, enrolment.NewMember("north", USER, "ชื่อเดิม", ["staff"]))
