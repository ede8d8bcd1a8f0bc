"""The papers of surveys: the poster of a service point, and what a survey came to."""

from bot.papers.asking import Asking
from bot.papers.contents import Drawing, Workbook
from bot.papers.says.on_posters import poster_of
from bot.papers.says.survey_tables import tables
from handlers.kit import Words, words
from handlers.surveying.survey_result_cards import KINDS
from itadomain.refusals import Refusal
from itadomain.surveys.survey import Survey


def poster(asking: Asking) -> Drawing:
    """The poster of a service point on a sheet: `of` is «K7Q2:a4»."""
    code, _, sheet = asking.of.partition(":")
    return Drawing(poster_of(asking.store, code, asking.says), sheet)


def poster_name(asking: Asking) -> Words:
    """What it is saved by; Refusal where it serves nobody."""
    made = poster(asking)
    return words("papers.poster_file", point=made.poster.point, sheet=made.sheet.upper())


def results(asking: Asking) -> Workbook:
    """What a survey came to, as tables."""
    return Workbook(tables(asking.store, _survey(asking), asking.today, asking.says))


def results_name(asking: Asking) -> Words:
    """What they are saved by."""
    survey = _survey(asking)
    return words("papers.results_file", kind=KINDS[survey.kind], year=survey.fiscal_year)


def _survey(asking: Asking) -> Survey:
    found = asking.store.surveys.get(asking.of)
    if found is None:
        raise Refusal("papers.no_survey")
    return found
