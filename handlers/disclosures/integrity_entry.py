"""Write in what came by letter, at the counter or by phone; its reporter can be handed a code to follow it by.

receiver [บันทึกเรื่องที่รับมา]
bot      เรื่องมาทางใดคะ   [หนังสือ] [เคาน์เตอร์] [โทรศัพท์]
receiver [หนังสือ]
bot      เกี่ยวกับหน่วยงานหรือผู้ใดคะ   [กองช่าง] [กองคลัง] [ผู้บริหาร] [ต่อไป]
receiver [กองช่าง]
bot      เลือกแล้ว: กองช่าง เลือกเพิ่ม พิมพ์ชื่อ หรือกดต่อไป   [กองคลัง] [ผู้บริหาร] [ต่อไป]
receiver [ต่อไป]
bot      ผู้ที่จะอ่านได้: สมหญิง … พิมพ์เรื่องทั้งหมดในข้อความเดียว
receiver ใคร: … / เมื่อไร: … / …
bot      ผู้แจ้งบอกชื่อหรือทางติดต่อไว้ไหมคะ   [ข้าม]
receiver [ข้าม]
bot      [card: all of it]   [บันทึก]
receiver [บันทึก]
bot      บันทึกแล้ว … / the code
"""

from dataclasses import dataclass, field, replace

from handlers.common import leaving, picking
from handlers.common.labels import shortened
from handlers.common.leaving import writing
from handlers.disclosures import integrity_cards as cards
from handlers.kit import LEAVING, Answer, Feature, Reply, Row, Turn, Words, ask, say, show, words
from itadomain.integrity.disclosure import LONGEST_ANSWER, LONGEST_NAME, Accused, Draft, Identity, Part, Way
from itadomain.integrity.entering import parts_of
from itadomain.integrity.filing import file, readers
from itadomain.integrity.outside import bodies
from itadomain.integrity.receipts import printed
from itadomain.organisation import unit_named
from itadomain.people import Role
from itadomain.refusals import Refusal

feature = Feature("integrity_entry", roles=frozenset({Role.INTEGRITY}))

WAYS = (Way.LETTER, Way.COUNTER, Way.PHONE)
TOP, ON, SKIP, KEEP = "top", "on", "skip", "keep"


@dataclass(frozen=True)
class Entering:
    """What was written in so far."""

    way: str
    units: list[str] = field(default_factory=list)
    executives: bool = False
    words: str = ""
    told: dict[str, str] = field(default_factory=dict)
    name: str = ""
    code: str = ""


@feature.on()
def start(turn: Turn) -> Reply:
    return ask("integrity.which_way", then=hear_way, choices=[Answer(cards.WAYS[way], way.value) for way in WAYS])


@feature.step
def hear_way(turn: Turn) -> Reply:
    if turn.chosen not in {way.value for way in WAYS}:
        raise Refusal("integrity.which_of_these_ways")
    return _about_whom(turn, Entering(turn.chosen))


@feature.step
def hear_whom(turn: Turn, draft: Entering) -> Reply:
    """Units, those at the top, names as they are written: as many as are meant."""
    if turn.chosen == ON:
        return _who_may_read(turn, draft)
    if turn.chosen == TOP:
        return _about_whom(turn, replace(draft, executives=True))
    if picking.page_turned(turn) is not None:
        return _about_whom(turn, draft)
    units = turn.store.units.all()
    unit = next((one for one in units if one.id == turn.chosen), None) or unit_named(units, turn.text)
    if unit:
        return _about_whom(turn, replace(draft, units=list(dict.fromkeys([*draft.units, unit.id]))))
    named = f"{draft.words} {turn.text.strip()}".strip()
    if len(named) > LONGEST_ANSWER:
        raise Refusal("integrity.too_long", most=LONGEST_ANSWER)
    return _about_whom(turn, replace(draft, words=named))


@writing(feature)
def hear_told(turn: Turn, draft: Entering) -> Reply:
    written = replace(draft, told={part.value: said for part, said in parts_of(turn.text).items()})
    _draft(written)
    return _ask_name(written)


@feature.hearing(LEAVING)
def hear_name(turn: Turn, draft: Entering) -> Reply:
    """What leads to the reporter is sealed apart; the code is made now: whoever taps twice keeps it once."""
    if turn.chosen == LEAVING:
        return leaving.sure(drop, draft)
    name = "" if turn.chosen == SKIP else turn.text.strip()
    if len(name) > LONGEST_NAME:
        raise Refusal("integrity.too_long", most=LONGEST_NAME)
    return _review(turn, replace(draft, name=name, code=turn.store.disclosures.new_code()))


@feature.hearing(LEAVING)
def confirm(turn: Turn, draft: Entering) -> Reply:
    if turn.chosen == LEAVING:
        return leaving.sure(drop, draft)
    if turn.chosen != KEEP:
        raise Refusal("integrity.keep_or_cancel")
    file(turn.store, _draft(draft), draft.code, turn.today)
    reply = say("integrity.entered").adding(words("integrity.code_alone", code=printed(draft.code)))
    return replace(reply.offering(cards.tap_list()), needed=True)


@feature.hearing(LEAVING)
def drop(turn: Turn, draft: Entering) -> Reply:
    """A whole letter is left only once that was said twice."""
    if leaving.drops(turn):
        return leaving.left(turn)
    return _review(turn, draft) if draft.code else _ask_name(draft)


def _ask_name(draft: Entering) -> Reply:
    skip = Answer(words("integrity.tap_skip"), SKIP)
    return ask("integrity.name_told", then=hear_name, draft=draft, choices=[skip])


def _about_whom(turn: Turn, draft: Entering) -> Reply:
    units = [Answer(shortened(one.name), one.id) for one in turn.store.units.all() if one.id not in draft.units]
    top = [] if draft.executives else [Answer(words("integrity.the_top"), TOP)]
    choices = [Answer(words("integrity.tap_on"), ON), *picking.choices([*top, *units], turn, picking.PAGE - 1)]
    chosen = _chosen(turn, draft)
    if not chosen:
        return ask("integrity.whom", then=hear_whom, draft=draft, choices=choices)
    return ask("integrity.whom_more", then=hear_whom, draft=draft, choices=choices, chosen=chosen)


def _who_may_read(turn: Turn, draft: Entering) -> Reply:
    """Nothing is written where nobody may read it: then a body outside is where it belongs."""
    reading = readers(turn.store, _accused(draft), {}, turn.today)
    if not reading:
        return _nobody(turn)
    return ask("integrity.write_it", then=hear_told, draft=draft, names=cards.names(reading))


def _review(turn: Turn, draft: Entering) -> Reply:
    """All of it, and who will read it: nobody whom the story names, either."""
    made = _draft(draft)
    reading = readers(turn.store, made.accused, made.told, turn.today)
    if not reading:
        return _nobody(turn)
    rows = [
        Row(words("integrity.came"), cards.WAYS[made.way]),
        Row(words("integrity.about_whom"), _chosen(turn, draft)),
        Row(words("integrity.readers"), cards.names(reading)),
        *(Row(cards.PARTS[part], made.told[part]) for part in Part if part in made.told),
    ]
    notes = [words("integrity.name_apart")] if draft.name else []
    card = cards.confirming(words("integrity.will_be_kept"), [row for row in rows if row.value], notes)
    return replace(show(card).offering(Answer(words("integrity.tap_keep"), KEEP)), then=confirm, draft=draft)


def _nobody(turn: Turn) -> Reply:
    rows = [Row(one.name, one.phone or "-") for one in bodies(turn.store.settings)]
    return say("integrity.nobody_left").adding(cards.confirming(words("integrity.outside"), rows))


def _chosen(turn: Turn, draft: Entering) -> list[Words | str]:
    units = [unit.name for one in draft.units if (unit := turn.store.units.get(one))]
    top = [words("integrity.the_top")] if draft.executives else []
    return [*units, *top, *([draft.words] if draft.words else [])]


def _accused(draft: Entering) -> Accused:
    return Accused(frozenset(draft.units), draft.executives, draft.words)


def _draft(draft: Entering) -> Draft:
    told = {Part(part): said for part, said in draft.told.items()}
    return Draft(Way(draft.way), told, _accused(draft), Identity(draft.name))
