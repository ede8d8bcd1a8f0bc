"""The questions of a year: compared with the official form, put into other words, and some of the agency's own added.

admin    [ข้อคำถาม]
bot      ข้อคำถามของแบบใดคะ   [EIT] [IIT] [หลังรับบริการ]
admin    [EIT]
bot      [card: ข้อคำถามปี 2570 · E1 … ยังไม่ยืนยัน · E2 …]   [E1] [E2] … [ต่อไป] [ยืนยันทุกข้อ] [เพิ่มข้อของเรา]
admin    [E1]
bot      [card: E1 · คำถาม · ส่วนที่ 1 … · ยังไม่ยืนยัน]   [ตรงกับแบบของปีนี้] [แก้ข้อความ] [แก้ภาษาอังกฤษ] [เปลี่ยนตัวเลือก] …
admin    [แก้ข้อความ]
bot      พิมพ์ข้อความที่ถูกต้องได้เลย …
admin    เจ้าหน้าที่ให้บริการเป็นไปตามขั้นตอนมากน้อยเพียงใด
bot      บันทึกข้อ E1 แล้วค่ะ …   [ตรงกับแบบของปีนี้] [ดูข้อ E1]

An open round goes on with the questions that it opened with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import picking, survey_words
from handlers.kit import Card, Feature, Go, Reply, Row, Tap, Turn, Words, ask, say, show, words
from itadomain.frameworks.named import sites
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.surveys import asking, entering, opening
from itadomain.surveys.asking import is_own
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import Kind

feature = Feature("survey_items", roles=frozenset({Role.ADMIN}))

About = dict[str, str | int]


@dataclass(frozen=True)
class Draft:
    """The question that it is about, or that is made."""

    kind: str
    year: int
    code: str = ""
    english: bool = False
    said: str = ""  # the wording of a new one


@feature.on()
def which(turn: Turn) -> Reply:
    year = survey_words.year_meant(turn)
    taps = [Go(survey_words.SHORT[kind], "survey_items.all", {"kind": kind.value, "year": year}) for kind in Kind]
    return say("survey_items.of_which").offering(*taps, survey_words.tap_desk())


@feature.on()
def all(turn: Turn) -> Reply:  # noqa: A001 - what a tap asks for: every question
    kind, year = _list(turn)
    asked, page = opening.asked(turn.store, kind, year), max(0, turn.number("page") or 0)
    card = replace(
        survey_words.listed(asked, page),
        subtitle=words("survey_items.of", kind=survey_words.KINDS[kind], year=year),
        notes=_notes(turn, kind),
        doubts=[words("surveys.missing", codes=survey_words.named(asked.missing))] if asked.missing else [],
    )
    here = asked.items[page * survey_words.A_PAGE :][: survey_words.A_PAGE]
    more = (page + 1) * survey_words.A_PAGE < len(asked.items)
    taps = [Go(item.code, "survey_items.one", _about(kind, year, item.code)) for item in here]
    back = [_turn_to(kind, year, page - 1, "picking.tap_back")] if page else []
    on = [_turn_to(kind, year, page + 1, "picking.tap_on")] if more else []
    return show(card).offering(*taps, *back, *on, *_ways(turn, kind, year), survey_words.tap_desk())


@feature.on()
def one(turn: Turn) -> Reply:
    return _shown(turn, *_meant(turn))


@feature.on()
def confirm(turn: Turn) -> Reply:
    """One question is worded as on the form."""
    kind, year, item = _meant(turn)
    entering.confirm(turn.store, [item], year, turn.who, turn.today)
    survey_words.note(turn, "", "confirmed", item=item.code)
    return say("survey_items.is_confirmed", code=item.code).offering(_tap_one(kind, year, item), _tap_all(kind, year))


@feature.on()
def confirm_all(turn: Turn) -> Reply:
    kind, year = _list(turn)
    doubtful = entering.open_to_doubt(turn.store, kind, year)
    if not doubtful:
        return say("survey_items.nothing_to_confirm").offering(_tap_all(kind, year))
    draft = Draft(kind.value, year)
    return ask(
        "survey_items.really_all", then=hear_all, choices=picking.yes(), draft=draft, count=len(doubtful), year=year
    )


@feature.step
def hear_all(turn: Turn, draft: Draft) -> Reply:
    picking.only_yes(turn)
    doubtful = entering.open_to_doubt(turn.store, Kind(draft.kind), draft.year)
    count = entering.confirm(turn.store, doubtful, draft.year, turn.who, turn.today)
    survey_words.note(turn, "", "confirmed", item="all")
    return say("survey_items.all_confirmed", count=count).offering(_tap_all(Kind(draft.kind), draft.year))


@feature.on()
def reword(turn: Turn) -> Reply:
    kind, year, item = _meant(turn)
    english = turn.values.get("english") == "yes"
    key = "survey_items.which_english" if english else "survey_items.which_words"
    return ask(key, then=hear_words, draft=Draft(kind.value, year, item.code, english=english), code=item.code)


@feature.step
def hear_words(turn: Turn, draft: Draft) -> Reply:
    kind, item = Kind(draft.kind), _of(turn, draft)
    kept = entering.reword(turn.store, item, draft.year, turn.text, turn.who, turn.today, english=draft.english)
    return _kept(turn, kind, draft.year, kept)


@feature.on()
def rescale(turn: Turn) -> Reply:
    kind, year, item = _meant(turn)
    draft = Draft(kind.value, year, item.code)
    return ask("survey_items.which_scale", then=hear_scale, choices=survey_words.scales(kind), draft=draft)


@feature.step
def hear_scale(turn: Turn, draft: Draft) -> Reply:
    kind, item = Kind(draft.kind), _of(turn, draft)
    scale = survey_words.scale_chosen(turn, kind)
    return _kept(turn, kind, draft.year, entering.rescale(turn.store, item, draft.year, scale, turn.who, turn.today))


@feature.on()
def turn_round(turn: Turn) -> Reply:
    kind, year, item = _meant(turn)
    return _kept(turn, kind, year, entering.turn_round(turn.store, item, year, turn.who, turn.today))


@feature.on()
def drop(turn: Turn) -> Reply:
    """An own question goes; of an official one what is known counts again."""
    kind, year, item = _meant(turn)
    entering.drop(turn.store, item, year)
    key = "survey_items.is_dropped" if is_own(item) else "survey_items.is_restored"
    return say(key, code=item.code).offering(_tap_all(kind, year))


@feature.on()
def add(turn: Turn) -> Reply:
    """A question of the agency's own; or, with its code, an official one of which only the number was known."""
    kind, year = _list(turn)
    code = str(turn.values.get("code", ""))
    if code and code not in asking.questionnaire_of(turn.store, kind, year).missing:
        raise Refusal("survey_items.unknown")
    key = "survey_items.which_words" if code else "survey_items.which_own"
    return ask(key, then=hear_new, draft=Draft(kind.value, year, code), code=code)


@feature.step
def hear_new(turn: Turn, draft: Draft) -> Reply:
    entering.lines(turn.text)
    told = replace(draft, said=turn.text)
    return ask(
        "survey_items.which_scale", then=hear_its_scale, choices=survey_words.scales(Kind(draft.kind)), draft=told
    )


@feature.step
def hear_its_scale(turn: Turn, draft: Draft) -> Reply:
    kind = Kind(draft.kind)
    scale = survey_words.scale_chosen(turn, kind)
    how = draft.said, scale, turn.who, turn.today
    if draft.code:
        return _kept(turn, kind, draft.year, entering.complete(turn.store, kind, draft.year, draft.code, *how))
    return _kept(turn, kind, draft.year, entering.add(turn.store, kind, draft.year, *how))


@feature.on()
def six(turn: Turn) -> Reply:
    """What each of the six steps is worth: no source tells it, so the agency says it."""
    kind, year = _list(turn)
    return ask("survey_items.which_points", then=hear_six, draft=Draft(kind.value, year), year=year)


@feature.step
def hear_six(turn: Turn, draft: Draft) -> Reply:
    points = asking.enter_six(turn.store, draft.year, turn.text)
    survey_words.note(turn, "", "points", year=str(draft.year))
    told = say("survey_items.points_kept", points=[f"{one:f}" for one in points], year=draft.year)
    return told.offering(_tap_all(Kind(draft.kind), draft.year))


def _shown(turn: Turn, kind: Kind, year: int, item: Item) -> Reply:
    """One question with all that is known of it, and what may be done with it."""
    english = survey_words.lines(item.wording.en, *(part.en for part in item.parts))
    card = Card(
        summary=words("survey_items.one", code=item.code, year=year),
        title=words("survey_items.one", code=item.code, year=year),
        text=item.wording,
        rows=[
            *(Row(words("survey_items.part", no=no), part) for no, part in enumerate(item.parts, 1)),
            Row(words("survey_items.row_english"), english),
            Row(words("survey_items.row_scale"), survey_words.SCALES[item.answering]),
            Row(words("survey_items.row_direction"), _direction(item)),
            Row(words("survey_items.row_state"), survey_words.state(item)),
            *_who(turn, item),
        ],
        notes=_notes(turn, kind),
    )
    return show(card).offering(*_deeds(turn, kind, year, item), _tap_all(kind, year))


def _deeds(turn: Turn, kind: Kind, year: int, item: Item) -> Sequence[Tap]:
    about = _about(kind, year, item.code)
    entered = item.code in {one.code for one in turn.store.surveys.items(year)}
    doubtful = item.official and not item.confidence.confirmed
    drop_key = "survey_items.tap_drop" if is_own(item) else "survey_items.tap_restore"
    offered = [
        (doubtful, Go(words("survey_items.tap_confirm"), "survey_items.confirm", about)),
        (True, Go(words("survey_items.tap_reword"), "survey_items.reword", about)),
        (True, Go(words("survey_items.tap_english"), "survey_items.reword", {**about, "english": "yes"})),
        (True, Go(words("survey_items.tap_rescale"), "survey_items.rescale", about)),
        (kind is not Kind.VISIT, Go(words("survey_items.tap_turn_round"), "survey_items.turn_round", about)),
        (entered, Go(words(drop_key), "survey_items.drop", about)),
    ]
    return [tap for may, tap in offered if may]


def _direction(item: Item) -> object:
    if item.reversed_parts and not item.reversed:
        return words("survey_items.reversed_parts", parts=list(item.reversed_parts))
    return words("survey_items.reversed" if item.reversed else "survey_items.direct")


def _who(turn: Turn, item: Item) -> Sequence[Row]:
    """Who of the agency entered or compared it, and when; else the source that it came with."""
    known = entering.confirmed_by_agency(item)
    if known is None:
        return [Row(words("survey_items.row_source"), list(sites(item.source)))] if item.source else []
    person = turn.store.people.get(known[0], turn.today)
    by = person.name if person and person.name else words("committees.gone")
    return [Row(words("survey_items.row_source"), words("survey_items.by_agency", by=by, day=known[1]))]


def _kept(turn: Turn, kind: Kind, year: int, item: Item) -> Reply:
    survey_words.note(turn, "", "item", item=item.code)
    taps = [*_deeds(turn, kind, year, item)[:1], _tap_one(kind, year, item), _tap_all(kind, year)]
    return say("survey_items.kept", code=item.code).adding(*_notes(turn, kind)).offering(*taps)


def _notes(turn: Turn, kind: Kind) -> list[Words]:
    return [words("survey_items.open_stays")] if opening.current(turn.store, kind) else []


def _ways(turn: Turn, kind: Kind, year: int) -> Sequence[Tap]:
    about = {"kind": kind.value, "year": year}
    doubtful = entering.open_to_doubt(turn.store, kind, year)
    missing = asking.questionnaire_of(turn.store, kind, year).missing[:1]
    return [
        *([Go(words("survey_items.tap_confirm_all"), "survey_items.confirm_all", about)] if doubtful else []),
        Go(words("survey_items.tap_add"), "survey_items.add", about),
        *(
            Go(words("survey_items.tap_complete", code=one), "survey_items.add", {**about, "code": one})
            for one in missing
        ),
        *([Go(words("survey_items.tap_six"), "survey_items.six", about)] if kind is not Kind.VISIT else []),
    ]


def _list(turn: Turn) -> tuple[Kind, int]:
    return survey_words.kind_meant(turn), survey_words.year_meant(turn)


def _meant(turn: Turn) -> tuple[Kind, int, Item]:
    kind, year = _list(turn)
    return kind, year, entering.one_of(turn.store, kind, year, str(turn.values.get("code", "")))


def _of(turn: Turn, draft: Draft) -> Item:
    return entering.one_of(turn.store, Kind(draft.kind), draft.year, draft.code)


def _about(kind: Kind, year: int, code: str) -> About:
    return {"kind": kind.value, "year": year, "code": code}


def _turn_to(kind: Kind, year: int, page: int, key: str) -> Go:
    return Go(words(key), "survey_items.all", {"kind": kind.value, "year": year, "page": page})


def _tap_one(kind: Kind, year: int, item: Item) -> Go:
    return Go(words("survey_items.tap_one", code=item.code), "survey_items.one", _about(kind, year, item.code))


def _tap_all(kind: Kind, year: int) -> Go:
    return Go(words("survey_items.tap_all"), "survey_items.all", {"kind": kind.value, "year": year})
