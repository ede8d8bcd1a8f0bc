"""Tell many people at once: compose it, see it as it will look, read the cost, send it.

admin    ส่งประกาศ
bot      จะส่งถึงใครคะ   [ทุกคน] [หมู่บ้าน] [เจ้าหน้าที่ทุกคน] [หน่วยงาน] [บทบาท] [คณะกรรมการ] [ผู้ที่ยังไม่รายงาน]
admin    [หมู่บ้าน]
bot      หมู่ใดคะ   [หมู่ 1] [หมู่ 2] …
admin    [หมู่ 2]
bot      พิมพ์ข้อความที่จะส่งได้เลย …
admin    พรุ่งนี้น้ำประปาหยุดไหล 9.00-12.00 น.
bot      ได้แล้ว 41 จาก 1000 ตัวอักษร …   [ดูตัวอย่าง] [ใส่หัวข้อ] [ใส่รูป] [ใส่ปุ่ม]
admin    [ดูตัวอย่าง]
bot      [as it will look] [card: 120 คน · ใช้ 120 ข้อความ · ก่อนส่ง 258 · หลังส่ง 138 · ส่งไม่ถึง 4]
         [ส่งเลย] [ตั้งเวลา] [แก้ไข]
admin    [ส่งเลย]
bot      ส่งให้ผู้ดูแลระบบอีก 1 ท่านยืนยันแล้ว
second   (is told) มีประกาศรอท่านยืนยัน   [เปิดดู]

What citizens hear, two people want. A head tells the own unit; administrators and the secretariat tell everybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps

from handlers.broadcasting import broadcast_beside as aside
from handlers.broadcasting import broadcast_cards as cards
from handlers.broadcasting import broadcast_log, survey_invitation
from handlers.broadcasting.broadcast_draft import SENT, Draft, of_broadcast, put_away, with_sent
from handlers.broadcasting.broadcast_picking import OF, audience_heard, hour_chosen, hours, of_chosen, of_which, which
from handlers.common import leaving, picking
from handlers.kit import LEAVING, Answer, Feature, Go, Reply, Task, Turn, Words, ask, say, words
from itadomain.assessment import calendar
from itadomain.assessment.windows import Phase
from itadomain.broadcasts import audiences, composing, sending
from itadomain.broadcasts.ahead import AUDIENCES
from itadomain.broadcasts.broadcast import Reach, Stage
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.surveys.inviting import fits

feature = Feature("broadcast", roles=INSIDERS)

SEND, LATER, MEND = "send", "later", "mend"
UNCLEAR = {"", "out_of_scope"}
PREPARED = {
    Phase.IIT: "announcing.text_iit",
    Phase.EIT: "announcing.text_eit",
    Phase.OIT: "announcing.text_oit",
}
#: What is prepared is told in the language of the country, whoever prepares it.
SPOKEN = "th"
Step = Callable[[Turn, Draft], Reply]


def _question(step: Step, *, writing: bool = False) -> Step:
    """A step that takes a photo beside its answer, and is asked before what was composed is dropped.

    Where sentences are written, no sentence leads elsewhere, whatever it speaks of.
    """

    @feature.hearing(*SENT, LEAVING)
    @wraps(step)
    def hear(turn: Turn, draft: Draft) -> Reply:
        if turn.chosen == LEAVING:
            return leaving.sure(drop, draft) if draft.much else leaving.left(turn, put_away(turn, draft))
        if _no_words(turn):
            return _with_sent(turn, draft)
        try:
            return step(turn, draft)
        except Refusal as no:
            if not writing or not turn.text or turn.meant in UNCLEAR:
                raise
            return Reply((Words(no.key, no.facts),), then=hear, draft=draft)

    return hear


def _writing(step: Step) -> Step:
    return _question(step, writing=True)


@feature.on("intent:broadcast_request")
def start(turn: Turn) -> Reply:
    """What is half composed goes on."""
    audiences.offered(turn.store, turn.who, turn.today)
    if turn.asked.startswith("broadcast.") and turn.draft:
        return _next(turn, Draft(**turn.draft), words("broadcast.goes_on"))
    return _next(turn, audience_heard(turn))


@feature.on()
def prepared(turn: Turn) -> Reply:
    """What is told before a window of the assessment, ready to be changed."""
    named, year = str(turn.values.get("phase", "")), turn.number("year") or 0
    known = {one.phase: one for one in calendar.windows(turn.store, year)}
    if named not in {phase.value for phase in AUDIENCES} or Phase(named) not in known:
        raise Refusal("announcing.not_known")
    window, audience = known[Phase(named)], AUDIENCES[Phase(named)]
    audiences.may_make(turn.store, turn.who, audience, turn.today)
    text = turn.tell(words(PREPARED[window.phase], **cards.days_of(window)), SPOKEN)
    return _next(turn, Draft(audience.reach, parts=[["", text]], about=f"window:{year}:{named}"))


@feature.on()
def inviting(turn: Turn) -> Reply:
    """What invites to a survey, ready to be changed."""
    return _next(turn, survey_invitation.prepared(turn))


@feature.on()
def copied(turn: Turn) -> Reply:
    """What was told once, or did not go, to be told anew."""
    found = turn.store.broadcasts.get(str(turn.values.get("id", "")))
    if found is None or not sending.leads(turn.store, found, turn.who, turn.today):
        raise Refusal("broadcasts.unknown")
    return _next(turn, of_broadcast(found))


@_question
def pick_audience(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen not in set(audiences.offered(turn.store, turn.who, turn.today)):
        raise Refusal("broadcast.which_audience")
    return _next(turn, replace(draft, reach=turn.chosen, of="", told=-1))


@_question
def pick_of(turn: Turn, draft: Draft) -> Reply:
    if picking.page_turned(turn) is not None:
        return _ask_of(turn, draft)
    return _next(turn, replace(draft, of=of_chosen(turn, Reach(draft.reach))))


@_writing
def gather(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == aside.PREVIEW:
        return _review(turn, draft)
    if turn.chosen == aside.TITLE:
        return ask("broadcast.which_title", then=hear_title, draft=draft)
    if turn.chosen == aside.BUTTON:
        return ask("broadcast.which_button", then=hear_button, draft=draft)
    if turn.chosen == aside.PICTURE:
        return ask("broadcast.send_photo", then=gather, draft=draft, choices=aside.beside(draft))
    if turn.chosen in aside.CHANGES:
        return _next(turn, aside.CHANGES[turn.chosen](draft)).doing(*_without_photo(turn, draft))
    return _next(turn, draft.saying(turn))


@_writing
def hear_title(turn: Turn, draft: Draft) -> Reply:
    return _next(turn, replace(draft, title=composing.title(turn.text)))


@_writing
def hear_button(turn: Turn, draft: Draft) -> Reply:
    return ask(
        "broadcast.which_link", then=hear_link, draft=replace(draft, button=composing.button(turn.text), link="")
    )


@_writing
def hear_link(turn: Turn, draft: Draft) -> Reply:
    return _next(turn, replace(draft, link=composing.link(turn.text)))


@_question
def review(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == LATER:
        near = [Answer(words("broadcast.pick_today"), "today"), Answer(words("broadcast.pick_tomorrow"), "tomorrow")]
        return ask("broadcast.which_day", then=pick_day, draft=draft, choices=picking.days(turn, *near))
    if turn.chosen == MEND:
        return _so_far(draft)
    if turn.chosen != SEND:
        raise Refusal("broadcast.send_or_mend")
    return _send(turn, draft)


@_question
def pick_day(turn: Turn, draft: Draft) -> Reply:
    day = picking.day_chosen(turn)
    sending.day_ahead(day, turn.today)
    return ask("broadcast.which_hour", then=pick_hour, draft=replace(draft, day=day.isoformat()), choices=hours())


@_question
def pick_hour(turn: Turn, draft: Draft) -> Reply:
    heard = replace(draft, hour=hour_chosen(turn).isoformat())
    _moment(turn, heard)
    return _review(turn, heard)


@feature.hearing(*SENT, LEAVING)
def drop(turn: Turn, draft: Draft) -> Reply:
    if _no_words(turn):
        return _with_sent(turn, draft)
    return leaving.left(turn, put_away(turn, draft)) if leaving.drops(turn) else _next(turn, draft)


def _no_words(turn: Turn) -> bool:
    """Whether something was sent beside words: a photo, or that a message is taken back."""
    return not (turn.text or turn.chosen) and bool(turn.values.keys() & {"kind", "message"})


def _with_sent(turn: Turn, draft: Draft) -> Reply:
    changed, tasks = with_sent(turn, draft)
    return _next(turn, changed).doing(*tasks)


def _next(turn: Turn, draft: Draft, first: Words | None = None) -> Reply:
    """Ask for the first thing that is not known: for whom, of which, the words."""
    if not draft.reach:
        reach = which(audiences.offered(turn.store, turn.who, turn.today))
        return ask("broadcast.for_which", then=pick_audience, draft=draft, choices=reach)
    if Reach(draft.reach) in OF and not draft.of:
        return _ask_of(turn, draft)
    audiences.may_make(turn.store, turn.who, draft.audience, turn.today)
    return _so_far(draft, first)


def _ask_of(turn: Turn, draft: Draft) -> Reply:
    reach = Reach(draft.reach)
    return ask(OF[reach], then=pick_of, draft=draft, choices=of_which(turn, reach))


def _so_far(draft: Draft, first: Words | None = None) -> Reply:
    """How much there is of it, and what can still be added."""
    most, length, has = composing.LONGEST_TEXT, composing.units(draft.text), aside.has_beside(draft)
    said = words("broadcast.so_far", length=length, most=most) if draft.parts else words("broadcast.which_words")
    if has:
        said = words("broadcast.with_beside", has=has, said=said)
    return Reply([one for one in (first, said) if one], taps=aside.beside(draft), then=gather, draft=draft)


def _review(turn: Turn, draft: Draft, *first: Words) -> Reply:
    """It as it will look, and what it costs; nothing can be sent that would not go."""
    content = composing.whole(turn.store, draft.content)
    fits(turn.store, draft.audience, content, draft.about, turn.today)
    trial = audiences.on_trial(turn.store)
    moment = _moment(turn, draft)
    on = moment.date() if moment else None
    found = sending.cost(turn.store, draft.audience, turn.today, trial=trial, on=on)
    fault = _fault(found)
    shown = cards.as_sent(content, turn.store.office, citizens=draft.audience.citizens, trial=trial)
    when = moment or words("broadcast.at_once")
    taps = [*([] if fault else [Answer(words("broadcast.tap_send"), SEND)]),
            Answer(words("broadcast.tap_later"), LATER), Answer(words("broadcast.tap_mend"), MEND)]  # fmt: skip
    cost = cards.of_content(turn, content, cards.cost(turn, draft.audience, found, when, fault=fault))
    bubbles = (*first, shown, cost)
    return Reply(bubbles, taps=taps, then=review, draft=replace(draft, told=found.people, trial=trial))


def _fault(found: sending.Cost) -> Refusal | None:
    try:
        sending.affordable(found)
    except Refusal as no:
        return no
    return None


def _send(turn: Turn, draft: Draft) -> Reply:
    """Look at the cost once more, and whether another makes the same just now."""
    trial = audiences.on_trial(turn.store)
    if trial is not draft.trial:  # it would go to others than was seen
        return _review(turn, draft, words("broadcasts.trial_on" if trial else "broadcasts.trial_off"))
    found = sending.cost(turn.store, draft.audience, turn.today, trial=trial)
    if sending.grew(draft.told, found.people):
        return _review(turn, draft, words("broadcast.cost_grew", before=draft.told, now=found.people))
    same = sending.same_just_now(turn.store, draft.content, turn.who, turn.at)
    if same and not draft.twice:
        still = [Answer(words("broadcast.tap_still"), SEND), Answer(words("broadcast.tap_mend"), MEND)]
        by = cards.post_of(turn, same.made_by)
        return ask("broadcast.twice", then=review, draft=replace(draft, twice=True), choices=still, by=by)
    wish = sending.Wish(draft.audience, draft.content, draft.told, _moment(turn, draft), draft.about)
    made = sending.make(turn.store, wish, turn.who, turn.at)
    broadcast_log.made(turn, made.broadcast, alone=made.alone)
    return _told(made, turn)


def _told(made: sending.Made, turn: Turn) -> Reply:
    one = made.broadcast
    look = Go(words("broadcasts.tap_look"), "broadcasts.one", {"id": one.id})
    if one.stage is Stage.PROPOSED:
        please = cards.notice("broadcasts.please_confirm", one.id)
        return say("broadcast.proposed", count=len(made.asked)).offering(look).telling(*made.asked, reply=please)
    if made.alone:
        return say("broadcast.alone", at=one.send_at).offering(look).doing(cards.to_send(one))
    later = one.send_at > turn.at
    told = say("broadcast.will_go", at=one.send_at) if later else say("broadcast.goes", count=one.told)
    return told.offering(look).doing(cards.to_send(one))


def _moment(turn: Turn, draft: Draft) -> datetime | None:
    """When it goes out, None for at once; looked at each time, for what was ahead may be past by now."""
    return sending.at(turn.store, draft.audience, *draft.send_at, turn.at) if draft.send_at else None


def _without_photo(turn: Turn, draft: Draft) -> Sequence[Task]:
    return put_away(turn, draft) if turn.chosen == aside.NO_PICTURE else ()
