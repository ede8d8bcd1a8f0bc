"""Answering a survey: one question after the other, kept until it is sent, and then put into the box once.

What somebody has answered and not sent is theirs, and known as such. Once sent, that they answered is noted apart from
what they answered.
"""

from dataclasses import replace
from datetime import date, timedelta

from itadomain.integrity.receipts import must_hold_no_code
from itadomain.people import INSIDERS, Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys.opening import answerable
from itadomain.surveys.questionnaire import STEPS, Slot
from itadomain.surveys.sitting import Sittings, codes, number, order, sittings
from itadomain.surveys.survey import Ballot, Draft, Kind, Mark, Standing, Survey

#: So long what was begun can be gone on with.
KEPT = timedelta(days=7)
LONGEST_WORDS = 500


def asked(store: Store, survey_id: str, today: date) -> Survey:
    """A survey that somebody is answering; Refusal with the reason where it asks nobody any more."""
    found = store.surveys.get(survey_id)
    if found is None:
        raise Refusal("surveys.none_open")
    now = answerable(store, found.kind, today)
    if now.id != survey_id:
        raise Refusal("survey.another_now")
    return now


def running(store: Store, kind: Kind, today: date) -> Survey | None:
    """The survey of a kind that asks today; None where none does."""
    try:
        return answerable(store, kind, today)
    except Refusal:
        return None


def waiting_for(store: Store, kind: Kind, person: Person, today: date) -> Survey | None:
    """The survey of a kind that asks today and that somebody has not answered; None where there is none.

    Who works for the agency is asked as such only, and who said that they answered the official one is left alone.
    """
    found = running(store, kind, today) if _asks(kind, person) else None
    if found is None or done(store, found, person) or elsewhere(store, found, person):
        return None
    return found


def done(store: Store, survey: Survey, person: Person) -> bool:
    """Whether somebody has answered already: a round once, the short one once until it is settled again."""
    mark = store.participation.of(survey.id, person.id)
    return mark is not None and mark.standing is Standing.ANSWERED and _counts(survey, mark)


def elsewhere(store: Store, survey: Survey, person: Person) -> bool:
    """Whether they said that they answered the official one."""
    mark = store.participation.of(survey.id, person.id)
    return mark is not None and mark.standing is Standing.ELSEWHERE


def invite(store: Store, survey: Survey, person: Person, today: date) -> None:
    """Note that somebody was invited, where nothing is known of them yet."""
    if store.participation.of(survey.id, person.id) is None:
        store.participation.save(survey.id, person.id, Mark(Standing.INVITED, today))


def leave_alone(store: Store, survey: Survey, person: Person, today: date) -> None:
    """Note that somebody answered the official one: nobody reminds them of ours, and nothing half answered is kept."""
    mark = store.participation.of(survey.id, person.id) or Mark(Standing.ELSEWHERE, today)
    if mark.standing is Standing.ANSWERED:
        raise Refusal("survey.answered_already")
    store.participation.save(survey.id, person.id, replace(mark, standing=Standing.ELSEWHERE, on=today))
    store.participation.drop_draft(person.id, survey.id)


def begun(store: Store, survey: Survey, person: Person, today: date) -> Draft | None:
    """What somebody has answered and not sent, as long as it is kept."""
    draft = store.participation.draft(person.id, survey.id)
    return draft if draft and today - draft.since <= KEPT else None


def unfinished(store: Store, person: Person, today: date) -> tuple[Survey, Draft] | None:
    """The survey that somebody began last and can go on with, with their answers."""
    still = [one for one in store.surveys.all() if one.open and _asks(one.kind, person)]
    found = [(survey, draft) for survey in still if (draft := begun(store, survey, person, today))]
    return max(found, key=lambda one: one[1].since, default=None)


def begin(store: Store, survey: Survey, person: Person, today: date, point: str = "") -> Draft:
    """Begin, or go on with what was begun; Refusal where they have answered already, or are not those whom it asks.

    `point` is the code of the service point whose poster they came from. A visit to another one is another visit.
    """
    if not _asks(survey.kind, person):  # they came to work here, or left, since they began
        raise Refusal("survey.asks_others")
    if done(store, survey, person):
        raise Refusal("survey.answered_today" if survey.kind is Kind.VISIT else "survey.answered_already")
    draft = begun(store, survey, person, today)
    if draft is None or (survey.kind is Kind.VISIT and point not in {"", draft.point}):
        draft = Draft(survey.id, person.id, today, point=point, lot=store.new_id())
        store.participation.save_draft(draft)
    return draft


def coming(survey: Survey, draft: Draft) -> Slot | None:
    """What is asked next: the first question that was neither answered nor skipped; None where all were.

    A sitting that is begun is ended first: what was begun while people were asked in another order goes on as well.
    """
    begun_first = sorted(sittings(survey, draft), key=lambda one: not draft.answers.keys() & codes(one))
    return next((slot for one in begun_first for slot in one if slot.code not in draft.answers), None)


def before(survey: Survey, draft: Draft, code: str = "") -> Slot | None:
    """The question before one, or the last that was passed where `code` is empty; None before the first."""
    slots = order(survey, draft)
    passed = [nth for nth, one in enumerate(slots, 1) if one.code in draft.answers]
    place = next((nth for nth, one in enumerate(slots) if one.code == code), max(passed, default=0))
    return slots[place - 1] if place else None


def left(survey: Survey, draft: Draft) -> Sittings:
    """The sittings of which nothing was answered or skipped yet."""
    return [one for one in sittings(survey, draft) if not draft.answers.keys() & codes(one)]


def between(survey: Survey, draft: Draft) -> bool:
    """Whether somebody stands between two sittings: what comes is the first question of one that is not begun."""
    slot = coming(survey, draft)
    return slot is not None and bool(draft.answers) and slot.code in {one[0].code for one in left(survey, draft)}


def enough(survey: Survey, draft: Draft) -> bool:
    """Whether what was answered may go though more could be answered: a whole sitting is passed."""
    passed = [one for one in sittings(survey, draft) if draft.answers.keys() >= set(codes(one))]
    return bool(passed) and coming(survey, draft) is not None


def see(store: Store, survey: Survey, draft: Draft, slot: Slot, today: date) -> None:
    """Note how far somebody has come, which tells later where people stopped; who has answered stays so."""
    mark = store.participation.of(survey.id, draft.person) or Mark(Standing.STARTED, today)
    if mark.standing is not Standing.ANSWERED:
        seen = max(mark.reached, number(survey, draft, slot))
        store.participation.save(
            survey.id, draft.person, replace(mark, standing=Standing.STARTED, on=today, reached=seen)
        )


def answer(store: Store, draft: Draft, slot: Slot, step: int | None) -> Draft:
    """Keep an answer in place of the one before it; None skips the question."""
    if step is not None and not 0 <= step < STEPS[slot.item.answering]:
        raise Refusal("survey.no_such_step")
    kept = replace(draft, answers={**draft.answers, slot.code: step})
    store.participation.save_draft(kept)
    return kept


def own_words(text: str) -> str:
    """What somebody adds in their own words; Refusal where it is too long, or holds a code that opens something."""
    said = " ".join(text.split())
    if len(said) > LONGEST_WORDS:
        raise Refusal("survey.too_long", most=LONGEST_WORDS)
    must_hold_no_code(said)
    return said


def send(store: Store, survey: Survey, person: Person, today: date, words: str = "") -> None:
    """Put into the box what was answered, without whose it is, and note apart that they answered."""
    draft = begin(store, survey, person, today)
    given = {one.code: draft.answers.get(one.code) for one in survey.questionnaire.slots}
    answers = {code: step for code, step in given.items() if step is not None}
    if not answers and not words:
        raise Refusal("survey.nothing_answered")
    store.ballots.put(Ballot(survey.id, draft.point, answers, own_words(words)))
    _note(store, survey, person, today)
    store.participation.drop_draft(person.id, survey.id)


def add_words(store: Store, survey: Survey, person: Person, today: date, words: str) -> None:
    """Put own words alone into the box, as what somebody answered; what they began stays begun."""
    if done(store, survey, person):
        raise Refusal("survey.answered_today")
    store.ballots.put(Ballot(survey.id, why=own_words(words)))
    _note(store, survey, person, today)


def _note(store: Store, survey: Survey, person: Person, today: date) -> None:
    """Note that somebody answered, apart from what they answered, and not how much: that would tell their sittings."""
    mark = store.participation.of(survey.id, person.id) or Mark(Standing.STARTED, today)
    store.participation.save(survey.id, person.id, replace(mark, standing=Standing.ANSWERED, on=today, reached=0))


def _counts(survey: Survey, mark: Mark) -> bool:
    """Whether their answer may still be among those that wait: whoever answered before all of them left may again."""
    return survey.settled_on is None or mark.on >= survey.settled_on


def _asks(kind: Kind, person: Person) -> bool:
    """Whether somebody is one of those whom a kind asks: who works for the agency is asked as such only."""
    return person.may(INSIDERS) == (kind is Kind.INSIDERS)
