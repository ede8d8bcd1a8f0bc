"""What a survey looks like: whose it is, a question in large letters with its taps, and how it ends."""

from collections.abc import Mapping, Sequence

from handlers.common.reach import reach
from handlers.kit import Answer, Card, Go, Link, Reply, Tap, Turn, Words, say, show, words
from itadomain.frameworks.shape import Instrument
from itadomain.refusals import Refusal
from itadomain.surveys import answering
from itadomain.surveys.opening import Official
from itadomain.surveys.questionnaire import Answering, Slot
from itadomain.surveys.said_steps import Wish
from itadomain.surveys.sitting import Place, place
from itadomain.surveys.survey import FEWEST, MARKS_KEPT, Draft, Kind, Survey

#: From low to high, in this order for everybody.
STEPS: Mapping[Answering, Sequence[Words]] = {
    Answering.LEVELS: (
        words("survey.pick_level_1"),
        words("survey.pick_level_2"),
        words("survey.pick_level_3"),
        words("survey.pick_level_4"),
    ),
    Answering.YES_NO: (words("survey.pick_no"), words("survey.pick_yes")),
    Answering.SIX: (
        words("survey.pick_six_1"),
        words("survey.pick_six_2"),
        words("survey.pick_six_3"),
        words("survey.pick_six_4"),
        words("survey.pick_six_5"),
        words("survey.pick_six_6"),
    ),
    Answering.FIVE: (
        words("survey.pick_five_1"),
        words("survey.pick_five_2"),
        words("survey.pick_five_3"),
        words("survey.pick_five_4"),
        words("survey.pick_five_5"),
    ),
}
#: What one question takes, measured on those that are known.
SECONDS, MINUTE = 5, 60


def ours(kind: Kind) -> Words:
    """Whose survey it is: said first and last, so that nobody takes it for the official one."""
    return words("survey.ours", instrument=kind.instrument or Instrument.EIT)


def door(turn: Turn, survey: Survey) -> Card:
    """What is asked, how long it takes, and what is kept of it."""
    title, sittings = ours(survey.kind), [len(one) for one in survey.questionnaire.sittings]
    told = {"count": sum(sittings), "minutes": _minutes(max(sittings)), "days": answering.KEPT.days}
    if len(sittings) > 1:
        about = words("survey.about_parts", parts=len(sittings), **told)
    else:
        about = words("survey.about", office=turn.store.office.short, **told)
    return Card(summary=title, title=title, text=about, notes=kept())


def notice(survey: Survey) -> Card:
    """The same before the short one, which begins at once."""
    title, count = ours(survey.kind), len(survey.questionnaire.slots)
    return Card(summary=title, title=title, text=words("survey.about_visit", count=count), notes=kept())


def kept() -> list[Words]:
    """Nobody sees who answered what; until it lies among others it could be found out, and that is said."""
    return [words("survey.sealed", fewest=FEWEST), words("survey.marked", days=MARKS_KEPT.days)]


def question(survey: Survey, begun: Draft, slot: Slot) -> Card:
    """One question, with its steps in words for whoever sees no taps, and what was answered before where it was."""
    asked = slot.item.wording
    text = words("survey.with_part", asked=asked, part=slot.part) if slot.part else asked
    told, before = _nth(place(survey, begun, slot)), begun.answers.get(slot.code)
    steps = STEPS[slot.item.answering]
    notes = [words("survey.steps", steps=steps)]
    notes += [] if before is None else [words("survey.answered_so", step=steps[before])]
    return Card(summary=words("survey.asked", nth=told, asked=text), title=told, text=text, notes=notes)


def further(survey: Survey, begun: Draft) -> Card:
    """A sitting is over: thanks, what is left, and how long it takes."""
    left = [len(one) for one in answering.left(survey, begun)]
    done = len(survey.questionnaire.sittings) - len(left)
    title = words("survey.part_done" if done == 1 else "survey.parts_done", done=done)
    told = {"count": sum(left), "minutes": _minutes(sum(left))}
    text = words("survey.part_left", **told) if len(left) == 1 else words("survey.parts_left", parts=len(left), **told)
    return Card(summary=words("survey.further", done=title, left=text), title=title, text=text)


def taps(slot: Slot, *, first: bool) -> list[Answer]:
    """The steps and the ways on; each names its question, so that a tap that comes twice answers one only."""
    steps = [Answer(label, f"{slot.code}:{step}") for step, label in enumerate(STEPS[slot.item.answering])]
    return [*steps, Answer(words("survey.tap_skip"), f"{slot.code}:{Wish.SKIP}"), *ways(f"{slot.code}:")[first:]]


def ways(of: str = "") -> list[Answer]:
    """Back, and away for now."""
    return [Answer(words("survey.tap_back"), f"{of}{Wish.BACK}"), Answer(words("survey.tap_stop"), f"{of}{Wish.STOP}")]


def sent(turn: Turn, survey: Survey) -> Reply:
    """Thanks, and once more whose survey it was."""
    title = ours(survey.kind)
    thanks = words("survey.thanks", office=turn.store.office.short)
    notes = [words("survey.box", fewest=FEWEST)]
    return show(Card(summary=words("survey.sent", ours=title), title=title, text=thanks, notes=notes))


def stopped(survey: Survey, begun: Draft) -> Reply:
    """What was answered is kept for some days; where a sitting is passed, it may go as it is."""
    told = say("survey.stopped", day=begun.since + answering.KEPT).offering(tap_resume())
    if answering.enough(survey, begun):
        told = told.offering(Go(words("survey.tap_enough"), "survey.enough"))
    return told.offering(Go(words("survey.tap_forget"), "survey.forget"), menu())


def official(near: Official, short: Survey | None, point: str) -> Reply:
    """The official one instead of ours; where nobody has entered its address, who to ask."""
    instrument = near.window.phase.value.upper()
    key = "survey.official_running" if near.running else "survey.official_near"
    told = words(key, instrument=instrument)
    where = words("survey.official_here" if near.link else "survey.official_ask")
    where = where if near.running else words("survey.once_open", where=where)
    first = [] if near.running else [words("survey.official_from", first=near.window.first)]
    last = [words("survey.official_until", last=near.window.last)] if near.window.last else []
    link = [Link(words("survey.tap_official"), near.link)] if near.link else []
    card = Card(summary=told, title=told, text=where, notes=[*first, *last, words("survey.why_not_ours")], taps=link)
    return show(card).offering(*([tap_short(point)] if short else []), menu())


def nothing_open(turn: Turn) -> Reply:
    """What is said of a service may be told at once, good or bad."""
    return reach(turn, say("survey.nothing_open"), *at_once())


def over(no: Refusal) -> Reply:
    """A survey that somebody is answering asks nobody any more."""
    if no.key == "surveys.official_instead":  # told to keepers in words that nobody else knows
        there = Go(words("survey.tap_see_official"), "survey.start")
        return say("survey.rests", **no.facts).adding(words("survey.not_sent")).offering(there, menu())
    return say(no.key, **no.facts).adding(words("survey.not_sent")).offering(*at_once(), menu())


def at_once() -> Sequence[Tap]:
    """What can be told without any survey."""
    praise = Go(words("office.tap_praise"), "complaint.praise")
    return praise, Go(words("menu.complaint_start"), "complaint.start")


def tap_short(point: str = "") -> Go:
    """The short one, of the service point that somebody came from."""
    return Go(words("survey.tap_short"), "survey.short", {"point": point} if point else {})


def offers_long(turn: Turn) -> Sequence[Tap]:
    """The whole survey, where one asks and they have not answered it; whatever they answered in the short one."""
    found = answering.waiting_for(turn.store, Kind.OUTSIDERS, turn.who, turn.today)
    return (Go(words("survey.tap_long"), "survey.start"),) if found else ()


def tap_resume() -> Go:
    """On with what was begun."""
    return Go(words("survey.tap_resume"), "survey.resume")


def menu() -> Go:
    """Away from surveys."""
    return Go(words("help.tap_menu"), "help.menu")


def _nth(at: Place) -> Words:
    """«ข้อ 3 จาก 18», and in which part where there are several."""
    told = {"number": at.number, "count": at.count}
    if at.count == 1:
        return words("survey.nth_only", **told)
    if at.sittings == 1:
        return words("survey.nth", **told)
    if at.sitting in {1, at.sittings}:
        return words("survey.nth_first" if at.sitting == 1 else "survey.nth_last", **told)
    return words("survey.nth_of_part", part=at.sitting, **told)


def _minutes(count: int) -> int:
    """How long so many questions take, a begun minute as a whole one."""
    return max(1, -(-count * SECONDS // MINUTE))
