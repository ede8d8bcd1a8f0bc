"""The weakest questions of a rehearsal that no measure answers, and what other agencies did about the same.

mayor    ช่องว่างของแผน
bot      [card: ข้อที่คะแนนน้อยและยังไม่มีมาตรการ · E13 … 71.20 · อบต. แห่งหนึ่ง (แผนปี 2567) …]
         [เพิ่มมาตรการ] [ดูตามตัวชี้วัด]

What others did comes from plans that are public. It is work to do, never what anybody should answer.
"""

from collections.abc import Iterator, Mapping, Sequence

from handlers.kit import Card, Feature, Go, Reply, Row, Turn, Words, say, words
from handlers.surveying.survey_words import lines
from itadomain.frameworks import framework_for
from itadomain.lateness import sees_all
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal
from itadomain.surveys.feeding import Gap, familiar, gaps, newest_rehearsals
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.survey import Survey

feature = Feature("survey_gaps", roles=INSIDERS)

MOST = 5
#: What other agencies' plans did, by the question where they name one.
DID: Mapping[str, Words] = {
    "E5": words("survey_gaps.did_e5"),
    "E10": words("survey_gaps.did_e10"),
    "E11": words("survey_gaps.did_e11"),
    "E12": words("survey_gaps.did_e12"),
    "E13": words("survey_gaps.did_e13"),
    "E14": words("survey_gaps.did_e14"),
    "E15": words("survey_gaps.did_e15"),
    "I21": words("survey_gaps.did_i21"),
    "I24": words("survey_gaps.did_i24"),
}
#: The same by the indicator, where no plan names the question.
DID_ABOUT: Mapping[int, Words] = {
    1: words("survey_gaps.did_1"),
    2: words("survey_gaps.did_2"),
    3: words("survey_gaps.did_3"),
    4: words("survey_gaps.did_4"),
    5: words("survey_gaps.did_5"),
    6: words("survey_gaps.did_6"),
    7: words("survey_gaps.did_7"),
    8: words("survey_gaps.did_8"),
}


@feature.on()
def overview(turn: Turn) -> Reply:
    if not sees_all(turn.who, turn.store.units.all(), turn.today):
        raise Refusal("survey_gaps.for_executives")
    cards = list(_cards(turn))
    ways = (Go(words("survey_gaps.tap_add"), "additions.start"), Go(words("late.tap_indicators"), "late.indicators"))
    if not cards:
        return say("survey_gaps.nothing_to_compare").offering(*ways)
    return Reply(tuple(cards)).offering(*ways)


def _cards(turn: Turn) -> Iterator[Card | Words]:
    for survey in newest_rehearsals(turn.store, turn.today):
        found = gaps(turn.store, survey, turn.today)
        if found is None:
            continue
        short = survey.kind.instrument
        yield _card(survey, found) if found else words("survey_gaps.none", short=short, year=survey.fiscal_year)


def _card(survey: Survey, found: Sequence[Gap]) -> Card:
    told = words("survey_gaps.in_short", short=survey.kind.instrument, year=survey.fiscal_year, count=len(found))
    return Card(
        summary=told,
        title=words("survey_gaps.title", short=survey.kind.instrument),
        subtitle=words("survey_gaps.subtitle"),
        text=told,
        rows=[
            Row(words("survey_results.question", code=one.item.code, wording=one.item.wording), _about(survey, one))
            for one in found[:MOST]
        ],
        notes=[words("survey_gaps.public_plans")],
    )


def _about(survey: Survey, one: Gap) -> object:
    """Its score and its indicator, and what others did."""
    score = words("survey_gaps.score", mean=one.now.mean, low=one.now.low, high=one.now.high)
    indicator = framework_for(survey.fiscal_year).framework.indicator(one.item.indicator or 0)
    did = _did(one.item)
    told = [score, words("survey_gaps.indicator", no=indicator.no, name=indicator.name)]
    return lines(*told, did) if did else lines(*told)


def _did(item: Item) -> Words | None:
    named = DID.get(item.code) if familiar(item) else None
    return named or DID_ABOUT.get(item.indicator or 0)
