"""How answers leave the sealed box and become sums, five people or more at a time.

Why nobody can be told apart: all that is ever shown are sums of `Cell.shown`, and these grow in `_grown` and nowhere
else, each figure by the answers of five people or more at once. So every view, and every difference of two views or of
two moments, is made of such blocks, and no block is smaller than five. How many people are in a cell grows in the same
way. What waits for its five is in `Cell.held`, and in the box, and is in no view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from itadomain.ports import Store
from itadomain.surveys.scoring import counted, merged
from itadomain.surveys.survey import FEWEST, Ballot, Cell, Sums, Survey

#: Where the answers of those are told whom nothing ties to one service point, or too few to tell theirs.
NO_POINT = ""
Lying = Sequence[tuple[str, Ballot]]
Cells = dict[tuple[str, date], Cell]


def release(store: Store, today: date) -> int:
    """Let those out of the box who are five or more of one survey and service point; gives how many people."""
    waiting = [store.surveys.get(one) for one, lying in store.ballots.waiting().items() if lying >= FEWEST]
    return sum(_release(store, one, today) for one in waiting if one)


def release_rest(store: Store, survey: Survey, today: date) -> int:
    """Settle a survey that is closed; gives how many people left the box to be told.

    What is left at single service points is told together, apart from any of them, where that makes five or more;
    otherwise it goes, and nobody is ever told of it.
    """
    released = _release(store, survey, today)
    lying, cells = store.ballots.shuffled(survey.id), _cells(store, survey)
    told = lying if len(lying) >= FEWEST else []
    left = merged(*(one.held for one in cells.values()))
    settled: Cells = {where: replace(one, held={}) for where, one in cells.items()}
    if told or left:
        where = NO_POINT, month_of(today)
        settled[where] = _without_held(_grown(_at(survey, settled, where), survey, told, left))
    _keep(store, survey, {where: one for where, one in settled.items() if one != cells.get(where)}, told)
    store.ballots.take_out([row for row, _ in lying if row not in {out for out, _ in told}])
    return released + len(told)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def _release(store: Store, survey: Survey, today: date) -> int:
    """Each service point by itself: all who lie there, or nobody."""
    lying, cells = store.ballots.shuffled(survey.id), _cells(store, survey)
    leaving: list[tuple[str, Ballot]] = []
    grown: Cells = {}
    for point in sorted({ballot.point for _, ballot in lying}):
        those = [one for one in lying if one[1].point == point]
        if len(those) >= FEWEST:
            where = point, month_of(today)
            grown[where] = _grown(_at(survey, cells, where), survey, those)
            leaving += those
    _keep(store, survey, grown, leaving)
    return len(leaving)


def _grown(cell: Cell, survey: Survey, leaving: Lying, left: Mapping[str, Sums] | None = None) -> Cell:
    """A cell with more people in it: a figure is shown once five or more are held for it, all of them together."""
    held = merged(cell.held, left or {}, *(counted(survey.questionnaire, ballot) for _, ballot in leaving))
    ripe = {figure: sums for figure, sums in held.items() if sums.count >= FEWEST}
    waits = {figure: sums for figure, sums in held.items() if figure not in ripe}
    return replace(cell, people=cell.people + len(leaving), shown=merged(cell.shown, ripe), held=waits)


def _without_held(cell: Cell) -> Cell:
    return replace(cell, held={})


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
