"""How the agency does with what people bring to it: counts and days, nothing that anybody wrote.

insider  สถิติเรื่องร้องเรียน
bot      [card: ปีงบประมาณ 2570 · 42 เรื่อง · อยู่ระหว่างดำเนินการ 7 · เกินกำหนด 1 · ใช้เวลาตอบ 6.0 วัน · พอใจ 4.3]
         [card: a bar a category · each month · each channel]
         [card: เรื่องแจ้งเบาะแส 7 เรื่อง, with only those parts that point at nobody]   [ปี 2569]
insider  [ปี 2569]
bot      ปีงบประมาณ 2569 ไม่มีเรื่องร้องเรียน   [ปี 2568] [ปี 2570]
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from handlers.cases.case_cards import CHANNELS, KINDS, STATES, category_name
from handlers.disclosures import integrity_figures
from handlers.kit import Bar, Card, Feature, Go, Reply, Row, Tap, Turn, Words, say, words
from itadomain.cases.categories import complete, of_code
from itadomain.cases.counting import Counted, Figures, apart, figures
from itadomain.fiscal import BUDDHIST_ERA, first_day, fiscal_year_of, last_day
from itadomain.people import INSIDERS

feature = Feature("figures", roles=INSIDERS)

MOST_BARS = 8
FIRST_YEAR = 2560
WHOLE = 100
MONTHS = (
    words("figures.january"),
    words("figures.february"),
    words("figures.march"),
    words("figures.april"),
    words("figures.may"),
    words("figures.june"),
    words("figures.july"),
    words("figures.august"),
    words("figures.september"),
    words("figures.october"),
    words("figures.november"),
    words("figures.december"),
)


@feature.on()
def of_year(turn: Turn) -> Reply:
    running = fiscal_year_of(turn.today)
    year = max(FIRST_YEAR, min(turn.number("year") or running, running))
    cases, requests = apart(turn.store.cases.counted(first_day(year), last_day(year)))
    found = figures(cases, turn.today)
    older = apart(turn.store.cases.carried_over(first_day(year))) if year == running else ((), ())
    taps, disclosed = _years(year, running), integrity_figures.card(turn, year, _months(turn, year))
    if not (cases or requests or any(older)):
        return say("figures.none", year=year).adding(disclosed).offering(*taps)
    parts = [_parts(turn, year, found)] if cases else []
    return Reply((_totals(year, found, len(requests), _carried_over(*older)), *parts, disclosed)).offering(*taps)


def _carried_over(cases: Sequence[Counted], requests: Sequence[Counted]) -> Sequence[Row]:
    """What of the years before is open still: it is in no total of this year."""
    told = ((words("figures.carried_over"), cases), (words("figures.requests_carried_over"), requests))
    return [Row(label, words("figures.so_many", count=len(some))) for label, some in told if some]


def _totals(year: int, found: Figures, requests: int, carried_over: Sequence[Row]) -> Card:
    told = words("figures.in_short", year=year, count=found.all)
    content = words("figures.mean", mean=found.content, count=found.ratings) if found.content else None
    rows = [
        *((KINDS[kind], count) for kind, count in found.by_kind.items()),
        (words("figures.open"), found.open),
        (words("figures.overdue"), found.overdue),
        (words("figures.answered"), found.answered),
        (words("figures.median_days"), found.median_days),
        (words("figures.content"), content),
        (words("figures.reopened"), found.reopened),
        (words("figures.requests"), requests),
    ]
    return Card(
        summary=told,
        title=words("figures.title", year=year),
        number=found.all,
        tag=words("figures.cases"),
        rows=[*(Row(label, value) for label, value in rows), *carried_over],
    )


def _parts(turn: Turn, year: int, found: Figures) -> Card:
    told = words("figures.by_part", year=year)
    rows = [
        *((_month(first), count) for first, count in found.by_month.items()),
        *((words("figures.channel", name=CHANNELS[one]), count) for one, count in found.by_channel.items()),
        *((words("figures.state", name=STATES[one]), count) for one, count in found.by_state.items()),
    ]
    return Card(summary=told, title=told, bars=_bars(turn, found), rows=[Row(label, count) for label, count in rows])


def _months(turn: Turn, year: int) -> Mapping[date, Words]:
    """The months of a fiscal year that have begun, by their first days."""
    begins = first_day(year)
    ahead = (divmod(begins.month - 1 + count, len(MONTHS)) for count in range(len(MONTHS)))
    firsts = [date(begins.year + years, month + 1, 1) for years, month in ahead]
    return {first: _month(first) for first in firsts if first <= turn.today}


def _month(first: date) -> Words:
    return words("figures.month", month=MONTHS[first.month - 1], year=first.year + BUDDHIST_ERA)


def _bars(turn: Turn, found: Figures) -> Sequence[Bar]:
    """A bar a category, the most frequent first, as its share of all."""
    known = complete(turn.store.categories.all())
    shown = list(found.by_category.items())[:MOST_BARS]
    return [
        Bar(
            words("figures.category", name=category_name(of_code(code, known)), count=count),
            (Decimal(WHOLE) * count / found.all).quantize(Decimal(1)),
            passed=True,
        )
        for code, count in shown
    ]


def _years(year: int, running: int) -> Sequence[Tap]:
    """The year before and the year after, where there are any."""
    around = [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= running]
    return [Go(words("figures.tap_year", year=one), "figures.of_year", {"year": one}) for one in around]
