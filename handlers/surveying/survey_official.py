"""Where the official questionnaire is answered: the address that ITAS gives the agency, of a year and an instrument.

admin    [ลิงก์ทางการ]
bot      [card: แบบทางการปี 2570 · EIT ยังไม่ได้ใส่ลิงก์ · IIT https://…]   [ใส่ลิงก์ EIT] [ใส่ลิงก์ IIT] [ลบลิงก์ IIT]
admin    [ใส่ลิงก์ EIT]
bot      ส่งลิงก์ หรือรูปคิวอาร์โค้ดของแบบ EIT ปี 2570 ที่ได้จากระบบ ITAS …
admin    https://itas.nacc.go.th/go/eit/abc123
bot      บันทึกแล้วค่ะ …
admin    [a photo of the code]
bot      ได้รับรูปแล้ว กำลังอ่านคิวอาร์โค้ดค่ะ …   [ดูผล]
admin    [ดูผล]
bot      คิวอาร์โค้ดในรูปคือ https://itas.nacc.go.th/go/eit/abc123 … ใช่หรือไม่คะ   [ยืนยัน]
admin    [ยืนยัน]
bot      บันทึกแล้วค่ะ …

From a week before the official one until it is over, our rehearsal asks nobody and shows this address instead.
A picture is looked at and not kept; what was read waits in the question until it is asked for, so that no message is
spent on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.common import picking
from handlers.common.calendar_keepers import keeper_only
from handlers.kit import SILENCE, Answer, Card, Feature, Go, Reply, Row, Task, Turn, Words, ask, say, show, words
from handlers.surveying import survey_words
from itadomain.assessment.calendar import windows
from itadomain.evidence import MB, MOST_OF_A_PHOTO, link
from itadomain.fiscal import fiscal_year_of
from itadomain.frameworks.shape import Instrument
from itadomain.people import EVERYONE, INSIDERS
from itadomain.refusals import Refusal
from itadomain.surveys import opening
from itadomain.surveys.survey import REHEARSALS
from itadomain.thai import tidy

feature = Feature("survey_official", roles=INSIDERS)

#: What is tapped to enter an address, and to take it out.
ENTER = {Instrument.EIT: words("survey_official.tap_eit"), Instrument.IIT: words("survey_official.tap_iit")}
REMOVE = {
    Instrument.EIT: words("survey_official.tap_no_eit"),
    Instrument.IIT: words("survey_official.tap_no_iit"),
}
SENT = ("heard:image", "heard:file")
PICTURES = frozenset({"image", "file"})
LOOK = "look"
#: So much is told of a code that holds no address.
LONGEST_SAID = 100


class Read(StrEnum):
    """How far reading a picture has come."""

    NOT_YET = ""
    DONE = "done"
    NO_PICTURE = "no_picture"
    NOT_FETCHED = "not_fetched"


UNREAD = {
    Read.NO_PICTURE: words("survey_official.no_picture", most=MOST_OF_A_PHOTO // MB),
    Read.NOT_FETCHED: words("survey_official.not_fetched"),
}


@dataclass(frozen=True)
class Draft:
    """Of which questionnaire the address is; of the last picture its message, how far reading it is, what it says."""

    instrument: str
    year: int
    message: str = ""
    read: str = Read.NOT_YET
    codes: Sequence[str] = ()

    @property
    def anew(self) -> "Draft":
        """The same before any picture."""
        return Draft(self.instrument, self.year)


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every address
    keeper_only(turn)
    year = survey_words.year_meant(turn)
    known = {one: opening.link_of(turn.store, one, year) for one in REHEARSALS}
    told = words("survey_official.title", year=year)
    days = [one for one in windows(turn.store, year) if one.phase in opening.PHASES.values()]
    card = Card(
        summary=told,
        title=told,
        rows=[Row(one, link or words("survey_official.none")) for one, link in known.items()],
        notes=[words("survey_official.why"), *([] if days else [words("survey_official.no_days")])],
    )
    enter = [Go(ENTER[one], "survey_official.enter", {"instrument": one.value, "year": year}) for one in known]
    removed = [
        Go(REMOVE[one], "survey_official.remove", {"instrument": one.value, "year": year})
        for one, link in known.items()
        if link
    ]
    running = fiscal_year_of(turn.today)
    years = [
        Go(words("survey_official.tap_year", year=one), "survey_official.all", {"year": one})
        for one in (running, running + 1)
        if one != year
    ]
    calendar = Go(words("menu.assessment_calendar"), "assessment.calendar", {"year": year})
    return show(card).offering(*enter, *removed, *years, calendar, survey_words.tap_desk())


@feature.on()
def enter(turn: Turn) -> Reply:
    keeper_only(turn)
    instrument, year = survey_words.instrument_meant(turn), survey_words.year_meant(turn)
    draft = Draft(instrument.value, year)
    return ask("survey_official.which_link", then=hear_link, draft=draft, instrument=instrument, year=year)


@feature.hearing(*SENT)
def hear_link(turn: Turn, draft: Draft) -> Reply:
    """An address that is typed; a picture that has one; or the wish to know what was read off it."""
    keeper_only(turn)
    if turn.values.get("kind") in PICTURES:
        return _look_at(turn, draft)
    return _told(draft) if turn.chosen == LOOK else _keep(turn, draft, turn.text or "-")


@feature.hearing(*SENT)
def confirm(turn: Turn, draft: Draft) -> Reply:
    """A yes to what was read; or another address or picture in its place."""
    if turn.values.get("kind") in PICTURES or link(turn.text):
        return hear_link(turn, draft)
    keeper_only(turn)
    picking.only_yes(turn)
    return _keep(turn, draft, draft.codes[0])


@feature.on("task:read_codes", roles=EVERYONE, aside=True)
def read(turn: Turn) -> Reply:
    """What a picture says waits in the question that it was sent to; where that is over, nothing is left of it."""
    if turn.asked != f"{feature.name}.{hear_link.__name__}" or turn.draft["message"] != turn.values["message"]:
        return SILENCE
    failed = Read.NOT_FETCHED if "failed" in turn.values else Read.NO_PICTURE
    known = {"codes": turn.values["codes"], "read": Read.DONE} if "codes" in turn.values else {"read": failed}
    return Reply(then=hear_link, draft=Draft(**{**turn.draft, **known}), taps=(_look(),))


@feature.on()
def remove(turn: Turn) -> Reply:
    keeper_only(turn)
    instrument, year = survey_words.instrument_meant(turn), survey_words.year_meant(turn)
    opening.drop_link(turn.store, instrument, year)
    survey_words.note(turn, "", "official_link", instrument=instrument.value, year=str(year))
    return say("survey_official.removed", instrument=instrument, year=year).offering(_tap_all(year))


def _look_at(turn: Turn, draft: Draft) -> Reply:
    """Let a picture be fetched and read, the last one where several come."""
    if turn.values["elsewhere"] or (turn.number("size") or 0) > MOST_OF_A_PHOTO:
        return _once_more(draft, UNREAD[Read.NO_PICTURE])
    task = Task("read_codes", {"message": turn.message, "name": str(turn.values["name"])})
    waiting = replace(draft.anew, message=turn.message)
    return ask("survey_official.reading", then=hear_link, draft=waiting, choices=[_look()]).doing(task)


def _told(draft: Draft) -> Reply:
    """What became of reading; where it is not over, the same may be asked in a moment."""
    read = Read(draft.read)
    if read is Read.NOT_YET:
        return ask("survey_official.still_reading", then=hear_link, draft=draft, choices=[_look()])
    return _read_off(draft, draft.codes) if read is Read.DONE else _once_more(draft, UNREAD[read])


def _read_off(draft: Draft, codes: Sequence[str]) -> Reply:
    """The one address that was read, to be agreed to; else what there is in its place, and the question once more."""
    if len(codes) != 1:
        key = "survey_official.several_codes" if codes else "survey_official.no_code"
        return _once_more(draft, words(key, instrument=draft.instrument, count=len(codes)))
    try:
        address = opening.official_address(codes[0])
    except Refusal as no:
        holds = words("survey_official.code_holds", said=" ".join(tidy(codes[0]).split())[:LONGEST_SAID])
        return _once_more(draft, holds, Words(no.key, no.facts))
    facts = {"link": address, "instrument": draft.instrument, "year": draft.year}
    asked = ask("survey_official.is_it_this", then=confirm, draft=draft, choices=picking.yes(), **facts)
    return asked.adding(*_second_look(address))


def _once_more(draft: Draft, *told: Words) -> Reply:
    """Ask for the address again: nothing else of the question is lost."""
    return Reply(told, then=hear_link, draft=draft.anew)


def _keep(turn: Turn, draft: Draft, said: str) -> Reply:
    kept = opening.keep_link(turn.store, Instrument(draft.instrument), draft.year, said)
    survey_words.note(turn, "", "official_link", instrument=draft.instrument, year=str(draft.year))
    told = say("survey_official.kept", instrument=draft.instrument, year=draft.year, link=kept)
    return told.adding(*_second_look(kept)).offering(_tap_all(draft.year), survey_words.tap_desk())


def _second_look(address: str) -> Sequence[Words]:
    """Pictures of codes are passed on in groups, and a code looks like any other."""
    return [] if opening.is_of_nacc(address) else [words("survey_official.not_of_nacc")]


def _look() -> Answer:
    return Answer(words("survey_official.tap_look"), LOOK)


def _tap_all(year: int) -> Go:
    return Go(words("survey_official.tap_all"), "survey_official.all", {"year": year})
