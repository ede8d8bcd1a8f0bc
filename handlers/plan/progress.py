"""Report how far one's unit has come with a measure.

staff    รายงานความคืบหน้า
bot      มาตรการใดคะ   [ข้อ 3] [ข้อ 7]
staff    [ข้อ 3]
bot      ตอนนี้ถึงไหนแล้ว   [ยังไม่เริ่ม] [กำลังทำ] [เสร็จ] [ติดปัญหา]
staff    [กำลังทำ]
bot      ได้ดำเนินการอะไรไปแล้วบ้าง … ขอหนึ่งประโยค
staff    ได้ดำเนินการประชุมชี้แจงแล้ว 2 ครั้ง
bot      ขั้นตอนใดทำแล้วบ้าง   [1] [2] [3] [เท่านี้]
staff    [1] … [เท่านี้]
bot      จะทำอะไรต่อ   [ข้าม]
staff    [ข้าม]
bot      [card: what will be sent]   [ส่ง] [แก้ข้อความ] [แก้ความคืบหน้า]
staff    [ส่ง]
bot      ส่งแล้ว … รอหัวหน้ารับรอง

In one sentence («มาตรการ 3 เสร็จ 80% แล้ว») it asks only for what was not said. Less than before is asked for its
reason. What is sent again on the same day takes the place of the first. A measure that must be published is done only
once a link or a photo of the notice board is attached; until then the same report may be sent as one of work in hand.
"""

from dataclasses import replace

from handlers.common.notices import ask_to_approve, tell_of_obstacle
from handlers.kit import Answer, Card, Feature, Go, Reply, Turn, ask, say, words
from handlers.plan import measure_cards as cards
from handlers.plan.progress_draft import Coming, Draft, coming, numbered, report_of, standing_in, understood
from itadomain.helping import tell
from itadomain.measures import Measure, Standing, years_at_hand
from itadomain.people import INSIDERS
from itadomain.progress import Approval, Report, amount_of, falls, percent_of, steps_of
from itadomain.refusals import Refusal
from itadomain.reporting import Filed, hand_in, own, unpublished

feature = Feature("progress", roles=INSIDERS)

MORE, SKIP, SEND, SAID_AGAIN, FAR_AGAIN, THAT_IS_ALL = "more", "skip", "send", "said", "far", "all"
AS_WORKING = "working"
MOST_STEPS_TO_TAP = 9
PERCENTS = (25, 50, 75)


@feature.on("intent:update_progress")
def start(turn: Turn) -> Reply:
    draft = understood(turn)
    if "id" in turn.values:
        return _go_on(turn, replace(draft, duty=own(turn.store, str(turn.values["id"]), turn.who, turn.today).id))
    number = turn.number("measure")
    return _which(turn, draft) if number is None else _go_on(turn, replace(draft, duty=numbered(turn, number).id))


@feature.step
def pick_measure(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == MORE:
        return _which(turn, replace(draft, page=draft.page + 1))
    if turn.chosen:
        return _go_on(turn, replace(draft, duty=own(turn.store, turn.chosen, turn.who, turn.today).id))
    number = turn.number("measure") or cards.number_in(turn.text)
    return _go_on(turn, replace(draft, duty=numbered(turn, number).id))


@feature.step
def pick_standing(turn: Turn, draft: Draft) -> Reply:
    standing = turn.chosen or standing_in(turn)
    if standing not in set(Standing):
        raise Refusal("progress.one_of_four")
    return _go_on(turn, replace(draft, standing=standing))


@feature.step
def hear_said(turn: Turn, draft: Draft) -> Reply:
    if not turn.text.strip():
        raise Refusal("progress.say_something")
    return _go_on(turn, replace(draft, said=turn.text.strip()))


@feature.step
def hear_steps(turn: Turn, draft: Draft) -> Reply:
    measure = coming(turn, draft).measure
    if turn.chosen == THAT_IS_ALL:
        return _go_on(turn, replace(draft, far_asked=True))
    if turn.chosen:
        tapped = steps_of(turn.chosen, len(measure.steps))
        return _which_steps(measure, replace(draft, steps=sorted({*draft.steps} ^ {*tapped})))
    if "%" in turn.text or "ร้อยละ" in turn.text:
        return _go_on(turn, replace(draft, far_asked=True, percent=percent_of(turn.text)))
    return _go_on(turn, replace(draft, far_asked=True, steps=steps_of(turn.text, len(measure.steps))))


@feature.step
def hear_amount(turn: Turn, draft: Draft) -> Reply:
    measure = coming(turn, draft).measure
    if measure.target is None:
        return _go_on(turn, replace(draft, far_asked=True))
    return _go_on(turn, replace(draft, far_asked=True, amount=str(amount_of(turn.text, measure.target))))


@feature.step
def hear_percent(turn: Turn, draft: Draft) -> Reply:
    percent = None if turn.chosen == SKIP else percent_of(turn.chosen or turn.text)
    return _go_on(turn, replace(draft, far_asked=True, percent=percent))


@feature.step
def hear_next(turn: Turn, draft: Draft) -> Reply:
    said = "" if turn.chosen == SKIP else turn.text.strip()
    return _go_on(turn, replace(draft, next_asked=True, next_step=said))


@feature.step
def hear_why(turn: Turn, draft: Draft) -> Reply:
    if not turn.text.strip():
        raise Refusal("progress.why_less")
    return _go_on(turn, replace(draft, why_back=turn.text.strip()))


@feature.step
def review(turn: Turn, draft: Draft) -> Reply:
    if turn.chosen == SAID_AGAIN:
        return _go_on(turn, replace(draft, said=""))
    if turn.chosen == FAR_AGAIN:
        return _go_on(turn, Draft(draft.duty, said=draft.said, next_step=draft.next_step, next_asked=draft.next_asked))
    if turn.chosen == AS_WORKING:
        return _go_on(turn, _as_working(draft))
    if turn.chosen != SEND:
        raise Refusal("progress.send_or_mend")
    report = report_of(turn, draft, coming(turn, draft))
    if unpublished(turn.store, report):
        taps = [Answer(words("progress.tap_send"), SEND), Answer(words("progress.tap_as_working"), AS_WORKING)]
        return ask("progress.not_published", then=review, draft=draft, choices=taps)
    filed = hand_in(turn.store, report, turn.who, turn.today)
    return _with_obstacle(turn, filed, _filed(filed))


def _as_working(draft: Draft) -> Draft:
    """The same report, which does not say any more that it is done."""
    return replace(draft, standing=Standing.WORKING, percent=None, far_asked=True, next_asked=True)


def _go_on(turn: Turn, draft: Draft) -> Reply:
    """Ask for the first thing that is missing; nothing is kept before it was shown."""
    about = coming(turn, draft)
    title = about.measure.title
    if not draft.standing:
        return ask("progress.which_standing", then=pick_standing, draft=draft, choices=_four(), title=title)
    if not draft.said:
        key = "progress.what_blocks" if draft.standing == Standing.BLOCKED else "progress.what_was_done"
        return ask(key, then=hear_said, draft=draft, title=title)
    if draft.standing == Standing.WORKING and not draft.far_asked and draft.percent is None:
        return _how_far(about, draft)
    if draft.standing in {Standing.NOT_STARTED, Standing.WORKING} and not draft.next_asked:
        return ask("progress.what_next", then=hear_next, draft=draft, choices=_skip())
    return _ask_why_or_show(draft, report_of(turn, draft, about), about)


def _ask_why_or_show(draft: Draft, report: Report, about: Coming) -> Reply:
    """Less than before is never taken in silence."""
    stood = about.basis.obligation
    if falls(stood, report) and not draft.why_back:
        before = cards.standing(stood.standing, stood.percent)
        return ask("progress.why_less_than_before", then=hear_why, draft=draft, before=before)
    return _show(draft, report, about.measure)


def _how_far(about: Coming, draft: Draft) -> Reply:
    measure = about.measure
    if measure.target:
        most, of = measure.target.amount, measure.target.of
        return ask("progress.what_amount", then=hear_amount, draft=draft, most=most, of=of)
    if measure.steps:
        return _which_steps(measure, replace(draft, steps=list(about.steps_done)))
    taps = [Answer(words("progress.tap_percent", percent=percent), str(percent)) for percent in PERCENTS]
    return ask("progress.what_percent", then=hear_percent, draft=draft, choices=[*taps, *_skip()])


def _which_steps(measure: Measure, draft: Draft) -> Reply:
    """The steps to tap, those that are done with a mark; the last tap says that there are no more."""
    listed = [
        words("progress.step_done" if no in draft.steps else "progress.step_open", no=no, step=step)
        for no, step in enumerate(measure.steps, 1)
    ]
    taps = [
        Answer(words("progress.tap_done" if no in draft.steps else "progress.tap_step", no=no), str(no))
        for no in range(1, min(len(measure.steps), MOST_STEPS_TO_TAP) + 1)
    ]
    asked = words("progress.which_steps")
    card = Card(summary=asked, title=asked, notes=listed)
    enough = Answer(words("progress.tap_that_is_all"), THAT_IS_ALL)
    return Reply((card,), taps=(*taps, enough), then=hear_steps, draft=draft)


def _which(turn: Turn, draft: Draft) -> Reply:
    """Which measure: those of one's units that are due first, a page at a time."""
    years, size = years_at_hand(turn.store.measures.years(), turn.today), cards.A_PAGE
    units = turn.who.units(turn.today)
    mine = turn.store.obligations.of_units(units, years, size + 1, draft.page * size)
    if not mine:
        return say("progress.nothing_yours").offering(Go(words("measures.tap_all"), "measures.everything"))
    found = [(duty, turn.store.measures.get(duty.measure)) for duty in mine[:size]]
    taps = cards.duty_answers(turn, mine[:size])
    more = [Answer(words("measures.tap_next_page"), MORE)] if len(mine) > size else []
    rows = [cards.duty_row(duty, measure, turn.today) for duty, measure in found]
    asked = words("progress.which_measure")
    return Reply((Card(summary=asked, title=asked, rows=rows),), taps=(*taps, *more), then=pick_measure, draft=draft)


def _show(draft: Draft, report: Report, measure: Measure) -> Reply:
    told = words("progress.review", title=measure.title)
    card = Card(
        summary=told,
        title=words("progress.review_title"),
        subtitle=measure.title,
        rows=cards.report_rows(report, measure),
    )
    taps = [
        Answer(words("progress.tap_send"), SEND),
        Answer(words("progress.tap_said_again"), SAID_AGAIN),
        Answer(words("progress.tap_far_again"), FAR_AGAIN),
    ]
    return Reply((card,), taps=taps, then=review, draft=draft)


def _filed(filed: Filed) -> Reply:
    """What became of it, and what can be done next; who approves is told."""
    reply = say("progress.corrected" if filed.report.corrects else "progress.sent")
    waits = filed.report.approval is Approval.WAITING
    reply = reply.adding(words("progress.waits" if waits else "progress.counts"))
    if filed.report.days_late > 0:
        reply = reply.adding(words("progress.thanks_all_the_same"))
    evidence = Go(words("progress.tap_evidence"), "evidence.attach", {"id": filed.report.obligation})
    mine, menu = Go(words("measures.tap_mine"), "measures.mine"), Go(words("help.tap_menu"), "help.menu")
    return ask_to_approve(reply, filed).offering(evidence, mine, menu)


def _with_obstacle(turn: Turn, filed: Filed, reply: Reply) -> Reply:
    """ติดปัญหา is a report and an obstacle at once: who can help is told too."""
    if filed.report.standing is not Standing.BLOCKED:
        return reply
    spoken = tell(turn.store, filed.obligation, turn.who, filed.report.said, turn.today)
    return tell_of_obstacle(reply, spoken, besides=filed.asked)


def _four() -> list[Answer]:
    return [Answer(label, standing.value) for standing, label in cards.STANDINGS.items()]


def _skip() -> list[Answer]:
    return [Answer(words("progress.tap_skip"), SKIP)]
