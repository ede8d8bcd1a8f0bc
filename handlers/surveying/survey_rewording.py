"""Put a question into other words or on another scale, add one of the agency's own, say what six steps are worth.

admin    [แก้ข้อความ]
bot      พิมพ์ข้อความของข้อ E1 ได้เลยค่ะ …
admin    เจ้าหน้าที่ให้บริการเป็นไปตามขั้นตอนมากน้อยเพียงใด
bot      บันทึกข้อ E1 แล้วค่ะ …   [ตรงกับแบบของปีนี้] [ดูข้อ E1] [ดูทุกข้อ]
admin    [เพิ่มข้อของเรา]
bot      พิมพ์คำถามที่จะเพิ่มได้เลยค่ะ …
admin    ที่จอดรถเพียงพอหรือไม่
bot      ให้ผู้ตอบเลือกตอบแบบใดคะ   [4 ระดับ น้อย-มาก] [มี/ไม่มี] [6 ระดับ]
admin    [มี/ไม่มี]
bot      บันทึกข้อ A1 แล้วค่ะ …   [แก้ข้อความ] [ดูข้อ A1] [ดูทุกข้อ]

An open round goes on with the questions that it opened with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.kit import Answer, Feature, Reply, Turn, Words, ask, say, words
from handlers.surveying import survey_item_cards as cards
from handlers.surveying import survey_words
from itadomain.people import Role
from itadomain.refusals import Refusal
from itadomain.surveys import asking, entering
from itadomain.surveys.asking import is_own
from itadomain.surveys.questionnaire import Answering, Item
from itadomain.surveys.survey import Kind

feature = Feature("survey_rewording", roles=frozenset({Role.ADMIN}))

SHORT_SCALES: Mapping[Answering, Words] = {
    Answering.LEVELS: words("survey_items.scale_levels"),
    Answering.YES_NO: words("survey_items.scale_yes_no"),
    Answering.SIX: words("survey_items.scale_six"),
    Answering.FIVE: words("survey_items.scale_five"),
}
#: The scales that a question of a kind may be answered on.
SCALES_OF: Mapping[Kind, Sequence[Answering]] = {
    Kind.OUTSIDERS: (Answering.LEVELS, Answering.YES_NO, Answering.SIX),
    Kind.INSIDERS: (Answering.LEVELS, Answering.YES_NO, Answering.SIX),
    Kind.VISIT: (Answering.FIVE, Answering.YES_NO),
}


@dataclass(frozen=True)
class Draft:
    """The question that it is about, or that is made."""

    kind: str
    year: int
    code: str = ""
    english: bool = False
    said: str = ""  # the wording of a new one


@feature.on()
def reword(turn: Turn) -> Reply:
    kind, year, item = cards.meant(turn)
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
    kind, year, item = cards.meant(turn)
    draft = Draft(kind.value, year, item.code)
    return ask("survey_items.which_scale", then=hear_scale, choices=_scales(kind), draft=draft)


@feature.step
def hear_scale(turn: Turn, draft: Draft) -> Reply:
    kind, item = Kind(draft.kind), _of(turn, draft)
    scale = _scale_chosen(turn, kind)
    return _kept(turn, kind, draft.year, entering.rescale(turn.store, item, draft.year, scale, turn.who, turn.today))


@feature.on()
def turn_round(turn: Turn) -> Reply:
    kind, year, item = cards.meant(turn)
    return _kept(turn, kind, year, entering.turn_round(turn.store, item, year, turn.who, turn.today))


@feature.on()
def drop(turn: Turn) -> Reply:
    """An own question goes; of an official one what is known counts again."""
    kind, year, item = cards.meant(turn)
    entering.drop(turn.store, item, year)
    key = "survey_items.is_dropped" if is_own(item) else "survey_items.is_restored"
    return say(key, code=item.code).offering(cards.tap_all(kind, year))


@feature.on()
def add(turn: Turn) -> Reply:
    """A question of the agency's own; or, with its code, an official one of which only the number was known."""
    kind, year = cards.list_meant(turn)
    code = str(turn.values.get("code", ""))
    if code and code not in asking.questionnaire_of(turn.store, kind, year).missing:
        raise Refusal("survey_items.unknown")
    key = "survey_items.which_words" if code else "survey_items.which_own"
    return ask(key, then=hear_new, draft=Draft(kind.value, year, code), code=code)


@feature.step
def hear_new(turn: Turn, draft: Draft) -> Reply:
    entering.lines(turn.text)
    told = replace(draft, said=turn.text)
    return ask("survey_items.which_scale", then=hear_its_scale, choices=_scales(Kind(draft.kind)), draft=told)


@feature.step
def hear_its_scale(turn: Turn, draft: Draft) -> Reply:
    kind = Kind(draft.kind)
    scale = _scale_chosen(turn, kind)
    how = draft.said, scale, turn.who, turn.today
    if draft.code:
        return _kept(turn, kind, draft.year, entering.complete(turn.store, kind, draft.year, draft.code, *how))
    return _kept(turn, kind, draft.year, entering.add(turn.store, kind, draft.year, *how))


@feature.on()
def six(turn: Turn) -> Reply:
    """What each of the six steps is worth: no source tells it, so the agency says it."""
    kind, year = cards.list_meant(turn)
    return ask("survey_items.which_points", then=hear_six, draft=Draft(kind.value, year), year=year)


@feature.step
def hear_six(turn: Turn, draft: Draft) -> Reply:
    points = asking.enter_six(turn.store, draft.year, turn.text)
    survey_words.note(turn, "", "points", year=str(draft.year))
    told = say("survey_items.points_kept", points=[f"{one:f}" for one in points], year=draft.year)
    return told.offering(cards.tap_all(Kind(draft.kind), draft.year))


def _kept(turn: Turn, kind: Kind, year: int, item: Item) -> Reply:
    survey_words.note(turn, "", "item", item=item.code)
    taps = [*cards.deeds(turn, kind, year, item)[:1], cards.tap_one(kind, year, item), cards.tap_all(kind, year)]
    return say("survey_items.kept", code=item.code).adding(*cards.notes(turn, kind)).offering(*taps)


def _of(turn: Turn, draft: Draft) -> Item:
    return entering.one_of(turn.store, Kind(draft.kind), draft.year, draft.code)


def _scales(kind: Kind) -> list[Answer]:
    """The ways to answer, to choose from."""
    return [Answer(SHORT_SCALES[one], one.value) for one in SCALES_OF[kind]]


def _scale_chosen(turn: Turn, kind: Kind) -> Answering:
    """The one that was tapped."""
    if turn.chosen not in {one.value for one in SCALES_OF[kind]}:
        raise Refusal("survey_items.which_scale_again")
    return Answering(turn.chosen)
