"""An agency that asks, and people who answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.kit import Answer, Card, Reply
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.people import Role
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.survey import Ballot, Kind, ServicePoint, Survey
from tests.fakes import TODAY, MemoryStore, a_person
from tests.talk import Reading, Talk

CITIZEN, STAFF = a_person(key="villager"), a_person(Role.STAFF, unit="กองคลัง", key="clerk")
COUNTER = ServicePoint("K7Q2", "เคาน์เตอร์กองคลัง", "กองคลัง")
POSTER = "ตอบแบบสำรวจ K7Q2"


def an_item(code: str, answering: Answering = Answering.LEVELS, **more) -> Item:
    return Item(code, Name(f"คำถาม {code}", f"Question {code}"), answering, Instrument.EIT, 6, **more)


#: Three bubbles: a question with two parts, and one of มี and ไม่มี.
ITEMS = (
    an_item("E1", parts=(Name("ตามขั้นตอน", "By the steps"), Name("ตรงเวลา", "On time"))),
    an_item("E2", Answering.YES_NO),
)
STARS = (an_item("V1", Answering.FIVE),)
DEFAULT = {Kind.OUTSIDERS: ITEMS, Kind.INSIDERS: ITEMS, Kind.VISIT: STARS}


def opens(agency: MemoryStore, kind: Kind, items: Sequence[Item] = (), **more) -> Survey:
    """Let a survey be open under the name of its kind."""
    asked = Questionnaire(FiscalYear(2570), tuple(items or DEFAULT[kind]))
    survey = Survey(kind.value, kind, asked, date(2026, 11, 1), **more)
    agency.surveys.save(survey)
    return survey


def closes(agency: MemoryStore, survey: Survey, day: date = TODAY) -> None:
    agency.surveys.save(replace(survey, closed_on=day))


def box(agency: MemoryStore) -> list[Ballot]:
    return list(agency.ballots.box.values())


def begins(talk: Talk) -> Reply:
    """Stand before the first question of the whole survey."""
    talk.means("satisfaction_survey")
    return talk.says("เริ่มตอบ")


def knows(talk: Talk, intent: str, *sentences: str, **values) -> None:
    """Teach the understanding what sentences mean."""
    talk._understanding.told |= dict.fromkeys(sentences, Reading(intent, values))


def at(reply: Reply) -> str:
    """Which question is asked, as the card's title has it: «2/3»; empty where none is."""
    last = reply.bubbles[-1]
    facts = getattr(last.title, "facts", {}) if isinstance(last, Card) else {}
    return f"{facts['number']}/{facts['count']}" if "number" in facts else ""


def labels(talk: Talk, reply: Reply) -> list[str]:
    """The answers that are offered, without other ways on."""
    return [talk.voice(tap.label) for tap in reply.taps if isinstance(tap, Answer)]
