"""How answers leave the sealed box and become sums, five people or more at a time.

Why nobody can be told apart: all that is ever shown are sums of `Cell.shown`, and these grow in `_grown` and nowhere
else, each figure by the answers of five people or more at once. So every view, and every difference of two views or of
two moments, is made of such blocks, and no block is smaller than five. How many people are in a cell grows in the same
way. What waits for its five is in `Cell.held`, and in the box, and is in no view.

Five answers are those of five people, since nobody answers twice while anything of theirs may wait: a round is answered
once, and the one after a visit once until `begin_anew` has let out all that waited.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from itadomain.ports import Store
from itadomain.surveys.scoring import counted, figures, merged
from itadomain.surveys.survey import FEWEST, Ballot, Cell, Sums, Survey

#: Where the answers of those are told whom nothing ties to one service point, or too few to tell theirs.
NO_POINT = ""
#: So many people of a survey leave at one time at most: a box that filled for days must not hold up whoever writes.
MOST_AT_ONCE = 2_000
MOST_LOOKED_AT = 2 * MOST_AT_ONCE
Lying = list[tuple[str, Ballot]]
Cells = dict[tuple[str, date], Cell]


def release(store: Store, today: date) -> int:
    """Let those out of the box who are five or more of one survey and service point; gives how many people."""
    waiting = [store.surveys.get(one) for one, lying in store.ballots.waiting().items() if lying >= FEWEST]
    return sum(_let_out(store, one, _parted(store, one)[0], today) for one in waiting if one)


def release_rest(store: Store, survey: Survey, today: date) -> int:
    """Settle a survey that is closed, once those have left who can by themselves; gives how many people are told.

    What is left at single service points is told together, apart from any of them, where that makes five or more;
    otherwise it goes, and nobody is ever told of it.
    """
    if _too_many(store, survey):
        return 0
    leaving, rest = _parted(store, survey)
    return 0 if leaving else _settle(store, survey, rest, today)


def begin_anew(store: Store, survey: Survey, today: date) -> int:
    """Settle a survey that stays open, so that everybody may answer it once more; gives how many people left the box.

    It waits while one to four lie in the box, or more than may leave at one time: nobody's ballot is lost for it. Where
    one to four would be left alone, the fewest who leave as those of their point are told together with them: any five
    who answer are enough.
    """
    if _too_many(store, survey):
        return 0
    leaving, rest = _parted(store, survey)
    if 0 < len(rest) < FEWEST and leaving:
        rest += leaving.pop(min(leaving, key=lambda point: (len(leaving[point]), point)))
    if 0 < len(rest) < FEWEST:
        return 0
    store.surveys.save(replace(survey, settled_on=today))
    return _let_out(store, survey, leaving, today) + _settle(store, survey, rest, today)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def _parted(store: Store, survey: Survey) -> tuple[dict[str, Lying], Lying]:
    """Who may leave now, by service point, and who of those looked at stays.

    Five or more leave a point, and nobody or five or more stay there: of very many some leave now, the others next
    time, and none of them is left alone.
    """
    unseen = store.ballots.waiting().get(survey.id, 0) > MOST_LOOKED_AT
    at: dict[str, Lying] = {}
    for one in store.ballots.shuffled(survey.id, MOST_LOOKED_AT):
        at.setdefault(one[1].point, []).append(one)
    leaving: dict[str, Lying] = {}
    room = MOST_AT_ONCE
    for point, those in sorted(at.items()):
        fit = min(room, len(those) - FEWEST) if unseen or len(those) > room else len(those)
        if fit >= FEWEST:
            leaving[point], at[point] = those[:fit], those[fit:]
            room -= fit
    return leaving, [one for those in at.values() for one in those]


def _too_many(store: Store, survey: Survey) -> bool:
    """Whether more lie in the box than may leave at one time: some of them leave by their points first."""
    return store.ballots.waiting().get(survey.id, 0) > MOST_AT_ONCE


def _let_out(store: Store, survey: Survey, leaving: Mapping[str, Lying], today: date) -> int:
    """Count those who leave, each service point by itself; gives how many."""
    cells, month = _cells(store, survey), month_of(today)
    grown = {
        (point, month): _grown(_at(survey, cells, (point, month)), survey, those) for point, those in leaving.items()
    }
    out = [one for those in leaving.values() for one in those]
    _keep(store, survey, grown, out)
    return len(out)


def _settle(store: Store, survey: Survey, lying: Lying, today: date) -> int:
    """Let nothing wait any more: what makes five together is told, the rest is dropped; gives how many are told."""
    cells = _cells(store, survey)
    told: Lying = lying if len(lying) >= FEWEST else []
    left = merged(*(one.held for one in cells.values()))
    settled: Cells = {where: replace(one, held={}) for where, one in cells.items()}
    if told or left:
        where = NO_POINT, month_of(today)
        settled[where] = replace(_grown(_at(survey, settled, where), survey, told, left), held={})
    _keep(store, survey, {where: one for where, one in settled.items() if one != _at(survey, cells, where)}, told)
    store.ballots.take_out([row for row, _ in lying if not told])
    store.ballots.drop_held_words(survey.id)
    return len(told)


def _grown(cell: Cell, survey: Survey, leaving: Lying, left: Mapping[str, Sums] | None = None) -> Cell:
    """A cell with more people in it: a figure is shown once five or more are held for it, all of them together."""
    kept = figures(survey.questionnaire)
    held = merged(cell.held, left or {}, *(counted(survey.questionnaire, ballot) for _, ballot in leaving))
    ripe = {figure: sums for figure, sums in held.items() if sums.count >= FEWEST}
    waits = {figure: sums for figure, sums in held.items() if figure not in ripe and figure in kept}
    shown = {figure: sums for figure, sums in merged(cell.shown, ripe).items() if figure in kept}
    return replace(cell, people=cell.people + len(leaving), shown=shown, held=waits)


def _at(survey: Survey, cells: Cells, where: tuple[str, date]) -> Cell:
    return cells.get(where) or Cell(survey.id, *where)


def _cells(store: Store, survey: Survey) -> Cells:
    return {(one.point, one.month): one for one in store.ballots.cells(survey.id)}


def _keep(store: Store, survey: Survey, cells: Cells, leaving: Lying) -> None:
    """Keep what has grown, with the words of those who leave; words are shown five or more at a time as well."""
    store.ballots.save_cells(cells.values())
    said = [ballot.why for _, ballot in leaving if ballot.why]
    if said:
        enough = store.ballots.held_words(survey.id) + len(said) >= FEWEST
        store.ballots.add_words(survey.id, said, shown=enough)
    store.ballots.take_out([row for row, _ in leaving])
