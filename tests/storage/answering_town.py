"""A town whose people answer a survey by real turns, each of them in a way that nobody else does."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date

from bot.letters import Letters
from bot.line.client import Outcome
from bot.quota import QuotaWatch
from bot.sender import Manners, SendLoop
from bot.storage.queue import Rate, lane_of
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers import FEATURES
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Name
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import Kind, Survey
from tests.storage.conftest import House
from tests.talk import Reading, Understanding

TODAY = date(2026, 11, 20)
SURVEY, BEGIN = "s1", "ตอบแบบสำรวจ"
ITEMS = tuple(
    Item(f"A{number}", Name(f"คำถามที่ {number}", f"Question {number}"), Answering.LEVELS) for number in (1, 2, 3)
)
TEXTS = Texts()


@dataclass(frozen=True)
class Answered:
    """What one person answered: steps from 1 to 4 as they are typed, and words of which no two are as long."""

    user: str
    steps: tuple[int, ...]
    words: str


class TakesAll:
    """LINE on a good day."""

    def reply(self, *_call):
        return Outcome.ACCEPTED

    push = reply

    def quota(self, _agency):
        return None


def everybody(count: int) -> list[Answered]:
    """So many people, no two of whom answer alike."""
    ways = itertools.islice(itertools.product((1, 2, 3, 4), repeat=len(ITEMS)), count)
    return [
        Answered(f"U{nth:032x}", way, f"ลักษณะเฉพาะหมายเลข {nth:03}{'.' * (nth * 5 % 17)}")
        for nth, way in enumerate(ways, 1)
    ]


@dataclass
class AnsweringTown:
    """An agency with a survey, and the loops that take turns and send."""

    house: House
    agency: int = 0
    events: itertools.count = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.agency = self.house.add_agency("north")
        understanding = Understanding({BEGIN: Reading("satisfaction_survey")})
        letters = Letters(TEXTS, self.house.core.channels)
        turns = Turns(FEATURES, understanding, TEXTS)
        self.turns = TurnLoop(self.house.ledger, turns, letters, Patience(30_000, 3, 99), UTC, lambda: None)
        lines, manners = TakesAll(), Manners(30_000, 50_000, Rate(10**6, 10**6))
        self.sender = SendLoop(self.house.ledger, lines, letters, manners, QuotaWatch(self.house.ledger, lines))
        asks = Questionnaire(FiscalYear(2570), ITEMS)
        self.step(lambda s: s.surveys.save(Survey(SURVEY, Kind.OUTSIDERS, asks, TODAY)))

    def step(self, work):
        """One step's work on the store; gives what it gave."""
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def answer(self, one: Answered) -> None:
        """All that one person says, from the first word to the sending; nothing of it waits afterwards."""
        for text in (BEGIN, "เริ่มตอบ", *map(str, one.steps), one.words, "ส่งคำตอบ"):
            self._says(one.user, text)
        assert self.step(lambda s: s.ballots.waiting()) != {}

    def release(self) -> int:
        """What the clock does with the box."""
        return self.step(lambda s: release(s, TODAY))

    def lookup_of(self, one: Answered) -> str:
        """The keyed hash under which the service finds somebody."""
        return self.house.core.ring.lookup(self.agency, one.user)

    def _says(self, user: str, text: str) -> None:
        nth = next(self.events)
        self.house.clock.pass_ms(1_000)
        body = {
            "type": "message", "replyToken": f"r{nth:06}", "source": {"userId": user},
            "message": {"type": "text", "id": f"m{nth:06}", "text": text},
        }  # fmt: skip
        lane = lane_of(self.house.core.ring, self.agency, user)
        self.house.put(self.agency, {"id": f"e{nth:06}", "lane": lane, "at": self.house.clock(), "body": body})
        for loop in (self.turns, self.sender):
            while (work := loop.claim("w")) is not None:
                loop.work(work, "w")
