"""What a survey came to, as tables: what was asked, how it is reckoned, every figure that may be shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.papers.asking import Says
from bot.papers.ink.sheets import Cell, Line, Sheet
from handlers.kit import Words, words
from handlers.surveying.survey_result_cards import KINDS
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.frameworks import FRAMEWORKS
from itadomain.frameworks.named import sites
from itadomain.ports import Store
from itadomain.surveys import results
from itadomain.surveys.entering import confirmed_by_agency
from itadomain.surveys.questionnaire import STEPS, Answering, Item, Slot
from itadomain.surveys.results import Estimate, Response, View
from itadomain.surveys.survey import FEWEST, Kind, Survey

CENT = Decimal("0.01")
SCALES = {
    Answering.LEVELS: words("papers.scale_levels"),
    Answering.YES_NO: words("papers.scale_yes_no"),
    Answering.SIX: words("papers.scale_six"),
    Answering.FIVE: words("papers.scale_five"),
}
OF_POINTS = (words("papers.method_points"), words("papers.method_means"), words("papers.method_counts"))
#: Which figure, as what, in whose words, and the steps where it has some.
Figure = tuple[str, Words, object, Estimate | None, Sequence[int] | None]


def tables(store: Store, survey: Survey, today: date, says: Says) -> Sequence[Sheet]:
    """Every table of a survey, in the order in which they are read."""
    whole = results.whole_view(store, survey)
    units = {unit.id: unit.name for unit in store.units.all()}
    points = {point.code: point.name for point in store.surveys.points()}
    groups = (
        (words("papers.sheet_units"), words("papers.head_unit"), results.by_unit(store, survey), units),
        (words("papers.sheet_points"), words("papers.head_point"), results.by_point(store, survey), points),
    )
    months = {_month(first): view for first, view in results.by_month(store, survey).items()}
    named = {month: month for month in months}
    return [
        _about(store, survey, (whole, results.response(store, survey, today)), today, says),
        _questions(survey, says),
        Sheet(says(words("papers.sheet_results")), _lines(survey, whole, says), _heading(survey, says)),
        *(_grouped(survey, title, head, views, names, says) for title, head, views, names in groups),
        _grouped(survey, words("papers.sheet_months"), words("papers.head_month"), months, named, says),
        Sheet(says(words("papers.sheet_words")), [[one] for one in store.ballots.words(survey.id)]),
    ]


def _about(store: Store, survey: Survey, came: tuple[View, Response], today: date, says: Says) -> Sheet:
    """Whose it is, how many it is about, how many were asked, and how it was reckoned."""
    whole, seen = came
    not_told = words("papers.not_told")
    own = words("papers.own_insiders" if survey.kind is Kind.INSIDERS else "papers.own")
    facts: Sequence[tuple[Words, object]] = (
        (words("papers.about_agency"), store.office.name),
        (words("papers.about_kind"), KINDS[survey.kind]),
        (words("papers.about_year"), survey.fiscal_year),
        (words("papers.about_opened"), survey.opened_on),
        (words("papers.about_last"), survey.closes_on or not_told),
        (words("papers.about_closed"), survey.closed_on or not_told),
        (words("papers.about_population"), survey.population or not_told),
        (words("papers.about_people"), _people(whole.people)),
        (words("papers.about_asked"), _took_part(seen.invited)),
        (words("papers.about_answered"), _took_part(seen.answered)),
        (words("papers.about_started"), _took_part(seen.started)),
        (words("papers.about_elsewhere"), _took_part(seen.elsewhere)),
        (words("papers.about_waiting"), _took_part(seen.waiting)),
        *((words("papers.about_stopped", no=no), count) for no, count in seen.stopped_at.items()),
        (words("papers.about_made"), today),
        *([(words("papers.about_missing"), survey.questionnaire.missing)] if survey.questionnaire.missing else ()),
    )
    how = [
        words("papers.method_sample"), *([words("papers.method_five")] if survey.kind is Kind.VISIT else OF_POINTS),
        words("papers.method_interval"), words("papers.method_few", fewest=FEWEST),
        words("papers.method_fives", fewest=FEWEST),
    ]  # fmt: skip
    method = [["" if nth else says(words("papers.about_method")), says(one)] for nth, one in enumerate(how)]
    return Sheet(
        says(words("papers.sheet_about")),
        [[says(own)], *([says(label), _cell(fact, says)] for label, fact in facts), *method],
    )


def _questions(survey: Survey, says: Says) -> Sheet:
    """What was asked, on which scale, and what its steps are worth."""
    heading = (
        words("papers.head_code"), words("papers.head_wording"), words("papers.head_answering"),
        words("papers.head_points"), words("papers.head_reversed"), words("papers.head_indicator"),
        words("papers.head_counts"), words("papers.head_source"),
    )  # fmt: skip
    lines = [_question(survey, slot, says) for slot in survey.questionnaire.slots]
    return Sheet(says(words("papers.sheet_questions")), lines, [says(one) for one in heading])


def _question(survey: Survey, slot: Slot, says: Says) -> Line:
    item, asked = slot.item, survey.questionnaire
    scores = [asked.score(slot, step) for step in range(STEPS[item.answering])]
    points = " · ".join(f"{one:f}" for one in scores if one is not None)
    if not points and item.answering is not Answering.FIVE:
        points = says(words("papers.points_missing"))
    wording = says(item.wording) + (f": {says(slot.part)}" if slot.part else "")
    return [
        slot.code, wording, says(SCALES[item.answering]), points, _yes(slot.reversed, says),
        item.indicator, _yes(item.counts, says), _source(item, says),
    ]  # fmt: skip


def _source(item: Item, says: Says) -> str:
    """Where its wording comes from; who of the agency entered it is nobody's business who reads a file."""
    entered = confirmed_by_agency(item)
    return says(words("papers.by_agency", day=entered[1])) if entered else ", ".join(sites(item.source))


def _grouped(
    survey: Survey, title: Words, head: Words, views: Mapping[str, View], names: Mapping[str, str], says: Says
) -> Sheet:
    """The same figures for each group, one group after the other."""
    nowhere = says(words("papers.nowhere"))
    named = [(names.get(key, key) or nowhere, view) for key, view in views.items()]
    ordered = sorted(named, key=lambda one: one[0])
    lines = [[name, *line] for name, view in ordered for line in _lines(survey, view, says)]
    return Sheet(says(title), lines, [says(head), *_heading(survey, says)])


def _heading(survey: Survey, says: Says) -> Sequence[str]:
    fixed = (
        words("papers.head_code"), words("papers.head_part"), words("papers.head_wording"), words("papers.head_people"),
        words("papers.head_mean"), words("papers.head_low"), words("papers.head_high"),
    )  # fmt: skip
    return [says(one) for one in (*fixed, *(words("papers.head_step", step=step + 1) for step in range(_most(survey))))]


def _lines(survey: Survey, view: View, says: Says) -> Sequence[Line]:
    return [_line(figure, _most(survey), says) for figure in _figures(survey, view)]


def _line(figure: Figure, most: int, says: Says) -> Line:
    code, part, wording, found, steps = figure
    few, told = says(words("papers.few", fewest=FEWEST)), list(steps or ())
    counted = [found.people, *map(_rounded, (found.mean, found.low, found.high))] if found else [few, None, None, None]
    return [code, says(part), says(wording), *counted, *told, *([None] * (most - len(told)))]


def _figures(survey: Survey, view: View) -> Iterator[Figure]:
    """The whole first, then its indicators, then each question with its parts."""
    instrument, framework = survey.kind.instrument, FRAMEWORKS.get(survey.fiscal_year)
    names = {one.no: one.name for one in framework.indicators} if framework else {}
    if instrument:
        yield instrument.value, words("papers.part_whole"), KINDS[survey.kind], view.whole, None
        for no, found in sorted(view.indicators.items()):
            yield str(no), words("papers.part_indicator"), names.get(no, ""), found, None
    for item in survey.questionnaire.items:
        steps = None if item.parts else view.steps.get(item.code)
        five = item.answering is Answering.FIVE
        part = words("papers.part_content" if five else "papers.part_item")
        yield item.code, part, item.wording, (view.slots if five else view.items).get(item.code), steps
        for slot in survey.questionnaire.slots if item.parts else ():
            if slot.item.code == item.code:
                told = view.slots.get(slot.code), view.steps.get(slot.code)
                yield slot.code, words("papers.part_slot"), slot.part, *told


def _most(survey: Survey) -> int:
    """How many steps the longest scale has."""
    return max((STEPS[item.answering] for item in survey.questionnaire.items), default=0)


def _people(count: int) -> object:
    return count if count >= FEWEST else words("papers.few", fewest=FEWEST)


def _took_part(count: int | None) -> object:
    """Counted at every fifth; who was asked is not known for ever."""
    return words("papers.not_kept") if count is None else _people(count)


def _cell(fact: object, says: Says) -> Cell:
    return fact if isinstance(fact, int) else says(fact)


def _yes(so: bool, says: Says) -> str:  # noqa: FBT001 - it is what is said
    return says(words("papers.yes" if so else "papers.no"))


def _rounded(figure: Decimal) -> Decimal:
    return figure.quantize(CENT)


def _month(first: date) -> str:
    """One that sorts, in the Buddhist Era."""
    return f"{first.year + BUDDHIST_ERA}-{first.month:02}"
