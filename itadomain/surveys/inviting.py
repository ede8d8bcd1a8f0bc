"""Inviting many people to answer: whom, in which words, and never so that the answers are chosen with the people.

Those who have not answered a round are reminded once. The official questionnaire is told of to everybody alike.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from itadomain.broadcasts.broadcast import NOT_ANSWERED, Audience, Broadcast, Content, Reach, Stage
from itadomain.invitations import ACCOUNT
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys import leading, opening, points
from itadomain.surveys.survey import Kind, Standing, Survey
from itadomain.thai import fold, tidy

#: Whole groups, whatever somebody may think of the agency: they alone hear of the official questionnaire.
EVERYBODY = frozenset({Reach.FRIENDS, Reach.VILLAGE, Reach.STAFF})
#: Rounds whose people can be counted off; a visit is told of as often as there is one.
ROUNDS: Mapping[Kind, Reach] = {Kind.OUTSIDERS: Reach.NOT_ANSWERED, Kind.INSIDERS: Reach.STAFF_NOT_ANSWERED}
ABOUT = "survey:"
#: What speaks of a questionnaire, in a text without blanks and in small letters.
MENTIONED = re.compile(
    r"แบบ(?:สำรวจ|สอบถาม|ประเมิน|วัด)|ประเมินความ(?:พึงพอใจ|โปร่งใส)|(?:ตอบ|ทำ)ประเมิน|(?<![a-z])[ei]it(?![a-z])|"
    r"survey|questionnaire"
)
#: Where the official ones are answered, whether or not the agency entered its own address.
OFFICIAL = re.compile(r"itas\.nacc\.go\.th/\S*(?<![a-z])[ei]it(?![a-z])")
#: A round's first day begins somewhere in the zone of its agency.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Announced:
    """How often whole groups were told of a round, and how many people heard it; who heard it twice counts twice."""

    times: int
    people: int


def about(survey: Survey) -> str:
    """How a broadcast remembers which survey it invites to."""
    return f"{ABOUT}{survey.id}"


def link(store: Store) -> str:
    """The address that opens the chat with the first word of a survey; empty where the account's name is unknown."""
    account = store.settings.get(ACCOUNT)
    return points.link(account) if account else ""


def rounds(store: Store, reach: Reach) -> Sequence[Survey]:
    """The open rounds whose people have not all answered, for an audience of those who have not."""
    kinds = [kind for kind, asked in ROUNDS.items() if asked is reach]
    return [found for kind in kinds if (found := opening.current(store, kind))]


def not_answered(store: Store, survey_id: str, people: Sequence[Person]) -> Sequence[Person]:
    """Those of them who neither answered nor said that they answered the official one."""
    done = {Standing.ANSWERED, Standing.ELSEWHERE}
    marks = [(one, store.participation.of(survey_id, one.id)) for one in people]
    return [one for one, mark in marks if mark is None or mark.standing not in done]


def fits(store: Store, audience: Audience, content: Content, told_about: str, today: date) -> None:
    """Refusal for an invitation that leads, chooses whom it asks by what they would say, or asks when nobody may."""
    said = f"{content.title} {content.text} {content.button}"
    official = is_official(store, said, content.link, today)
    if official and audience.reach not in EVERYBODY:
        raise Refusal("survey_inviting.official_to_all")
    if official or told_about or invites(said):
        leading.must_not_lead(said)
    still(store, audience, told_about, today)
    if audience.reach in NOT_ANSWERED:
        _once(store, audience)


def still(store: Store, audience: Audience, told_about: str, today: date) -> None:
    """Refusal where what it invites to may not be answered, or not any more."""
    asked = audience.of if audience.reach in NOT_ANSWERED else told_about.removeprefix(ABOUT)
    if audience.reach not in NOT_ANSWERED and not told_about.startswith(ABOUT):
        return
    found = store.surveys.get(asked)
    if found is None or not found.open:
        raise Refusal("surveys.none_open")
    opening.answerable(store, found.kind, today)


def made(store: Store, broadcast: Broadcast, today: date) -> None:
    """Remember that those who have not answered were reminded, and by what."""
    asked = broadcast.audience
    if asked.reach in NOT_ANSWERED and not broadcast.trial:
        store.settings.put(_reminded(asked.of), broadcast.id)
        store.participation.reminded(asked.of, today)


def announced(store: Store, survey: Survey) -> Announced:
    """How far a round was told of by broadcasts, as LINE took them.

    Reminders are left out: how many have not answered would tell to the last one how many have.
    """
    since = datetime.combine(survey.opened_on, time.min, UTC) - A_DAY
    of_it = [one for one in store.broadcasts.made_since(since) if one.about == about(survey) and not one.trial]
    whole = [one for one in of_it if one.audience.reach in EVERYBODY]
    reached = [people for one in whole if (people := store.broadcasts.results(one.id).accepted)]
    return Announced(len(reached), sum(reached))


def reminded(store: Store, survey_id: str) -> bool:
    """Whether those who have not answered a round were reminded, or are about to be."""
    kept = store.settings.get(_reminded(survey_id))
    before = store.broadcasts.get(kept) if kept else None
    return before is not None and before.stage is not Stage.CANCELLED


def invites(said: str) -> bool:
    """Whether a text speaks of a questionnaire."""
    return MENTIONED.search("".join(fold(tidy(said)).split())) is not None


def is_official(store: Store, said: str, address: str, today: date) -> bool:
    """Whether a text or its button leads to an official questionnaire."""
    whole = f"{said} {address}".casefold()
    entered = [_bare(one) for one in opening.official_links(store, today)]
    return OFFICIAL.search(whole) is not None or any(one in whole for one in entered)


def _once(store: Store, audience: Audience) -> None:
    if reminded(store, audience.of):
        raise Refusal("survey_inviting.reminded_already")


def _bare(address: str) -> str:
    """An address as it is found in another spelling of itself."""
    return address.casefold().removeprefix("https://").removeprefix("www.").rstrip("/")


def _reminded(survey_id: str) -> str:
    return f"survey:reminded:{survey_id}"
