"""The OIT pack in one tap: the complaint guideline, the channel for corruption, the figures and the papers of a year.

secretary ชุดเอกสาร OIT
bot      [card: ชุดเอกสาร OIT ปี 2570 · what is in it]   [ดาวน์โหลดชุดเอกสาร] [ปี 2569]
secretary [ปี 2569]
bot      [card: ชุดเอกสาร OIT ปี 2569 …]   [ดาวน์โหลดชุดเอกสาร] [ปี 2568] [ปี 2570]
"""

from handlers.kit import Card, Feature, Go, Link, Reply, Row, Turn, show, words
from itadomain.fiscal import fiscal_year_of
from itadomain.papers.having import may_have
from itadomain.people import INSIDERS
from itadomain.refusals import Refusal

feature = Feature("oit_pack", roles=INSIDERS)

FIRST_YEAR = 2560
KIND = "pack"


@feature.on()
def offer(turn: Turn) -> Reply:
    if not may_have(turn.store, turn.who, KIND, turn.today):
        raise Refusal("oit_pack.for_the_whole")
    running = fiscal_year_of(turn.today)
    year = max(FIRST_YEAR, min(turn.number("year") or running, running))
    told = words("oit_pack.title", year=year)
    inside = (
        (words("oit_pack.guideline"), words("oit_pack.as_set")),
        (words("oit_pack.channel"), words("oit_pack.as_set")),
        (words("oit_pack.complaints"), words("oit_pack.by_halves")),
        (words("oit_pack.services"), words("oit_pack.by_halves")),
        (words("oit_pack.papers"), words("oit_pack.as_reported")),
    )
    card = Card(
        summary=told,
        title=told,
        subtitle=turn.store.office.short,
        rows=[Row(what, how) for what, how in inside],
        notes=[words("oit_pack.look_first")],
    )
    years = [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= running]
    others = [Go(words("oit_pack.tap_year", year=one), "oit_pack.offer", {"year": one}) for one in years]
    return show(card).offering(Link(words("oit_pack.tap_file"), f"paper:{KIND}:{year}:zip"), *others)
