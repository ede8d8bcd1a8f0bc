"""Keep what shows that a measure was carried out: photos, films, files, links, places, times.

staff    [photo]
bot      ได้รับแล้ว 1 รายการ กำลังเก็บ จะแนบกับมาตรการใดคะ   [ข้อ 4] [ข้อ 7] [ไม่ใช้]
staff    [ข้อ 4]
bot      แนบแล้ว 1 รายการ กับ «…»   [รายงานความคืบหน้า] [ดูหลักฐาน]
staff    แนบหลักฐาน
bot      ส่งรูป ไฟล์ ลิงก์ ตำแหน่ง หรือพิมพ์วันเวลาได้เลย   [เท่านี้]
staff    [photo, in the midst of a report]
bot      ได้รับแล้ว แนบกับรายงานนี้   [what the report had asked]
staff    [takes the photo back]

A copy is fetched meanwhile; only where that fails the person hears of it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.common import contents, unsending
from handlers.kit import SILENCE, Answer, At, Feature, Go, Notice, Reply, Tick, Turn, ask, say, words
from handlers.plan import evidence_cards as cards
from handlers.plan.measure_cards import A_PAGE, number_in
from handlers.plan.progress_draft import numbered
from itadomain import attaching
from itadomain.evidence import (
    LOOSE_KEPT,
    NOT_FETCHED,
    Copy,
    Evidence,
    Kind,
    Stage,
    filling_up,
    is_time,
    link_in,
)
from itadomain.measures import Obligation
from itadomain.people import EVERYONE, INSIDERS, Role
from itadomain.refusals import Refusal
from itadomain.reporting import own

feature = Feature("evidence", roles=INSIDERS)

A_NIGHT = 500  # pieces that are forgotten at once
MORE, DROP, ENOUGH = "more", "drop", "enough"


@dataclass(frozen=True)
class To:
    """What things are attached to: an obligation, where it is known; else the page of those to choose from."""

    duty: str = ""
    page: int = 0


@feature.on("heard:image", "heard:video", "heard:audio", "heard:file", aside=True)
def hear_file(turn: Turn) -> Reply:
    one, tasks = contents.received(turn)
    return _take(turn, one).doing(*tasks)


@feature.on("heard:location", aside=True)
def hear_place(turn: Turn) -> Reply:
    return _take(turn, contents.received(turn)[0])


@feature.on("heard:link", aside=True)
def hear_link(turn: Turn) -> Reply:
    return _take(turn, contents.received(turn)[0])


@feature.on("intent:attach_evidence")
def attach(turn: Turn) -> Reply:
    attaching.duties(turn.store, turn.who, turn.today)
    duty, address = _named(turn), link_in(turn.text)
    loose = list(turn.store.evidence.loose_of(turn.who.id))
    if address:
        loose.append(contents.said(turn, Kind.LINK, address))
        turn.store.evidence.save(loose[-1])
    if loose:
        return _attach(turn, loose, duty) if duty else _which(turn, loose, To())
    return ask("evidence.send_now", then=hear_words, draft=To(duty), choices=[_enough()])


@feature.step
def hear_words(turn: Turn, draft: To) -> Reply:
    if turn.chosen == ENOUGH:
        return say("evidence.enough").offering(*cards.onward(draft.duty))
    address = link_in(turn.text)
    if not address and not is_time(turn.text):
        raise Refusal("evidence.send_something")
    kind = Kind.LINK if address else Kind.TIME
    reply = _take(turn, contents.said(turn, kind, address or turn.text.strip()))
    more = ask("evidence.added_one", then=hear_words, draft=draft, choices=[_enough()])
    return reply if reply.then else more


@feature.step
def pick(turn: Turn, draft: To) -> Reply:
    loose = turn.store.evidence.loose_of(turn.who.id)
    if turn.chosen == MORE:
        return _which(turn, loose, replace(draft, page=draft.page + 1))
    if turn.chosen == DROP:
        return _drop(turn, loose)
    number = turn.number("measure") or number_in(turn.text)
    return _attach(turn, loose, turn.chosen or numbered(turn, number).id)


@feature.step
def pick_report(turn: Turn, draft: To) -> Reply:
    duty = own(turn.store, draft.duty, turn.who, turn.today)
    slots = {str(slot): slot for slot in attaching.slots(turn.store, duty, turn.today)}
    if turn.chosen not in slots:
        raise Refusal("evidence.which_of_these")
    loose = turn.store.evidence.loose_of(turn.who.id)
    attaching.attach(turn.store, duty, loose, slots[turn.chosen], turn.who, turn.today)
    return cards.attached(turn, duty, len(loose))


@feature.on("task:fetch_evidence", roles=EVERYONE, aside=True)
def fetched(turn: Turn) -> Reply:
    one = turn.store.evidence.get(str(turn.values["evidence"]))
    if one is None:
        return SILENCE
    if "copy" in turn.values:
        return _keep(turn, one, Copy(**turn.values["copy"]))
    if one.stage is not Stage.COMING:
        return SILENCE  # taken back meanwhile, which its sender knows
    key = turn.values.get("refused", NOT_FETCHED)
    turn.store.evidence.save(one.refused(key))
    told = say(key, **turn.values.get("facts", {}))
    return told.doing(*contents.removal([one.copy.sha256] if one.copy else []))


@feature.on("event:unsend", roles=EVERYONE, aside=True)
def unsent(turn: Turn) -> Reply:
    return SILENCE.doing(*contents.removal([unsending.take_back(turn)]))


@feature.every(At(3, 30))
def forget_loose(tick: Tick) -> Sequence[Notice]:
    """Its sender heard how long it is kept when it came, so nothing is said when it goes, only the copy deleted."""
    old, people = attaching.forget_loose(tick.store, tick.today, A_NIGHT), tick.store.people
    copies = [(people.get(one.by, tick.today), one.copy.sha256) for one in old if one.copy]
    others = people.with_role(Role.ADMIN, tick.today)  # where its sender is known no more
    whose = [(sender or next(iter(others), None), copy) for sender, copy in copies]
    return [Notice(one, SILENCE.doing(*contents.removal([copy]))) for one, copy in whose if one]


@feature.on()
def listed(turn: Turn) -> Reply:
    return cards.listed(turn)


@feature.on()
def one(turn: Turn) -> Reply:
    return cards.one(turn, cards.named(turn))


@feature.on()
def take_back(turn: Turn) -> Reply:
    found = cards.named(turn)
    deleted = attaching.take_back(turn.store, found, turn.who, turn.today)
    return say("evidence.taken_back_now").offering(*cards.onward(found.obligation)).doing(*contents.removal([deleted]))


def _take(turn: Turn, new: Evidence) -> Reply:
    """Attach it where that is clear, else keep it and ask; photos that were sent together are one question."""
    attaching.duties(turn.store, turn.who, turn.today)
    kept = turn.store.evidence
    others = kept.sent_together(new.together, turn.who.id) if new.together else ()
    clear = next((other.obligation for other in others if other.obligation), str(turn.draft.get("duty", "")))
    if clear:
        duty = own(turn.store, clear, turn.who, turn.today)
        attaching.attach(turn.store, duty, [new], _coming(turn, duty), turn.who, turn.today)
        return SILENCE if others else say("evidence.added_here")
    loose = [*kept.loose_of(turn.who.id), new]
    kept.save(new)
    if turn.asked and not turn.asked.startswith("evidence."):
        return SILENCE if others else say("evidence.kept_for_later", days=LOOSE_KEPT.days)
    return _which(turn, loose, To()) if _is_last(turn, others) else SILENCE


def _is_last(turn: Turn, others: Sequence[Evidence]) -> bool:
    """Whether all that was sent together is here; an older phone does not say how many, so there the first asks."""
    of_set = turn.number("of_set") or 0
    return len(others) + 1 >= of_set if of_set else not others


def _coming(turn: Turn, duty: Obligation) -> date | None:
    return attaching.slots(turn.store, duty, turn.today)[0]


def _named(turn: Turn) -> str:
    """The obligation that was named by its id or by a measure's number, empty where none was."""
    if "id" in turn.values:
        return own(turn.store, str(turn.values["id"]), turn.who, turn.today).id
    number = turn.number("measure")
    return "" if number is None else numbered(turn, number).id


def _which(turn: Turn, loose: Sequence[Evidence], to: To) -> Reply:
    duties = attaching.duties(turn.store, turn.who, turn.today, A_PAGE + 1, to.page * A_PAGE)
    taps = [Answer(words("measures.tap_one", no=duty.place), duty.id) for duty in duties[:A_PAGE]]
    more = [Answer(words("measures.tap_next_page"), MORE)] if len(duties) > A_PAGE else []
    drop = Answer(words("evidence.tap_drop"), DROP)
    card = cards.choices(turn, duties[:A_PAGE], len(loose))
    return Reply((card,), taps=(*taps, *more, drop), then=pick, draft=to)


def _attach(turn: Turn, loose: Sequence[Evidence], duty_id: str) -> Reply:
    """To the report that comes next; where one waits for its decision, it may be that one too."""
    duty = own(turn.store, duty_id, turn.who, turn.today)
    slots = attaching.slots(turn.store, duty, turn.today)
    if len(slots) > 1:
        taps = [Answer(cards.report_of(slot), str(slot)) for slot in slots[:A_PAGE]]
        return ask("evidence.which_report", then=pick_report, draft=To(duty.id), choices=taps)
    attaching.attach(turn.store, duty, loose, slots[0], turn.who, turn.today)
    return cards.attached(turn, duty, len(loose))


def _keep(turn: Turn, one: Evidence, copy: Copy) -> Reply:
    """The copy is there: no news for its sender, unless it had been given up; administrators hear of scarce room."""
    if one.stage not in {Stage.COMING, Stage.HIDDEN}:
        return SILENCE.doing(*contents.removal([copy.sha256]))
    turn.store.evidence.save(one.kept(copy) if one.live else replace(one, copy=copy))
    told = _came_at_last(one) if one.given_up_before else SILENCE
    before, after, most = (int(turn.values[name]) for name in ("before", "after", "most"))
    if not filling_up(before, after, most):
        return told
    admins = turn.store.people.with_role(Role.ADMIN, turn.today)
    return told.telling(*admins, reply=say("evidence.filling_up", percent=after * 100 // most))


def _came_at_last(one: Evidence) -> Reply:
    told = say("evidence.came_at_last", day=one.received_on)
    attach = [] if one.obligation or one.case else [Go(words("evidence.tap_attach"), "evidence.attach")]
    return told.offering(*attach, *cards.onward(one.duty))


def _drop(turn: Turn, loose: Sequence[Evidence]) -> Reply:
    deleted = [attaching.take_back(turn.store, one, turn.who, turn.today) for one in loose]
    return say("evidence.dropped", count=len(loose)).doing(*contents.removal(deleted))


def _enough() -> Answer:
    return Answer(words("evidence.tap_enough"), ENOUGH)
