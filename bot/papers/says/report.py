"""What a year's measures came to, as a paper: รายงานผลการดำเนินการตามมาตรการ, with the photos that show it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.papers.asking import Asking, Says
from bot.papers.document import About, Block, Cell, Document, PageBreak, Paragraph, Picture, Pictures, Style, Table
from bot.papers.says.plan import HEADINGS, draft_word, once, signatures
from handlers.kit import Words, words
from itadomain.measures import Standing
from itadomain.obstacles import Obstacle
from itadomain.papers.forms import Part, cell, report_form_of
from itadomain.papers.report import Outcome, Photo, Share, outcomes, shown, tally
from itadomain.progress import Report
from itadomain.refusals import Refusal

COLUMNS: Mapping[Part, Words] = {
    **HEADINGS,
    Part.RESULT: words("report_paper.result"),
    Part.OBSTACLE: words("report_paper.obstacle"),
    Part.NEXT: words("report_paper.next"),
}
STANDINGS: Mapping[Standing, Words] = {
    Standing.DONE: words("report_paper.done"),
    Standing.WORKING: words("report_paper.working"),
    Standing.NOT_STARTED: words("report_paper.not_started"),
    Standing.BLOCKED: words("report_paper.blocked"),
}
UNBROKEN = "\u00a0"
SHORTENED = 44  # letters of a measure's title under a photo


def report_paper(asking: Asking) -> Document:
    """The report on the plan of a fiscal year; Refusal where there is no plan."""
    year, says = asking.year, asking.says
    came = outcomes(asking.store, year)
    if not came:
        raise Refusal("report_paper.none", year=year)
    title, agency = says(words("report_paper.title", year=year)), says(asking.store.office.name)
    count = sum(len(share.reports) for one in came for share in one.shares)
    data = says(words("report_paper.data", count=len(came), reports=count, year=year, today=asking.today))
    cancelled = sum(one.cancelled_on is not None for one in asking.store.measures.of_year(year))
    return Document(
        About(title, agency, asking.by, asking.made, data),
        [
            Paragraph(title, Style.TITLE),
            Paragraph(agency, Style.TITLE),
            Paragraph(says(words("report_paper.preface", agency=agency, year=year))),
            _table(year, came, says),
            *_summary(came, cancelled, says),
            Paragraph("", Style.NOTE),
            signatures(says),
            *_appendix(came, says),
        ],
        draft=draft_word(year, says),
        wide=True,
    )


def _table(year: int, came: Sequence[Outcome], says: Says) -> Table:
    form = report_form_of(year, [one.measure for one in came])
    told = [[tuple(_cell(one, part, says)) for part in form.columns] for one in came]
    rows = list(once(told)) if form.once else [[Cell(lines) for lines in row] for row in told]
    return Table(list(form.columns.values()), [[Cell((says(COLUMNS[part]),)) for part in form.columns]], rows)


def _cell(one: Outcome, part: Part, says: Says) -> Sequence[str]:
    match part:
        case Part.RESULT:
            return list(_results(one, says))
        case Part.OBSTACLE:
            return [_obstacle(each, says) for each in one.obstacles] or [says(words("report_paper.nothing"))]
        case Part.NEXT:
            return list(_next(one)) or [says(words("report_paper.nothing"))]
        case _:
            return cell(one.measure, part)


def _results(one: Outcome, says: Says) -> Iterator[str]:
    """What each unit said, in its own words, after how far it is; what a document printed where nobody reported."""
    if not one.reported and one.measure.result:
        yield one.measure.result
        return
    for share in one.shares:
        yield f"{share.unit}: {_standing(one, share, says)}" if share.unit else _standing(one, share, says)
        for each in _each_once(share):
            on = says(each.made_on).replace(" ", UNBROKEN)
            yield says(words("report_paper.said", said=each.said, on=on))
    if not one.shares:
        yield says(words("report_paper.nobody"))


def _each_once(share: Share) -> Sequence[Report]:
    """Its reports, of several that say the same the last."""
    return list({each.said.strip(): each for each in share.reports}.values())


def _standing(one: Outcome, share: Share, says: Says) -> str:
    if not share.reports:
        return says(words("report_paper.not_reported"))
    standing, target = STANDINGS[share.standing], one.measure.target
    if share.amount is not None and target:
        facts = {"amount": share.amount, "most": target.amount, "of": target.of}
        return says(words("report_paper.with_amount", standing=standing, **facts))
    if share.percent is not None and share.standing is not Standing.NOT_STARTED:
        return says(words("report_paper.with_percent", standing=standing, percent=share.percent))
    return says(standing)


def _obstacle(one: Obstacle, says: Says) -> str:
    if one.closed_on:
        return says(words("report_paper.obstacle_gone", told=one.told.words, on=one.closed_on))
    return says(words("report_paper.obstacle_open", told=one.told.words))


def _next(one: Outcome) -> Iterator[str]:
    """What the units do next, and what a document suggests."""
    several = len(one.shares) > 1
    for share in one.shares:
        if share.next_step:
            yield f"{share.unit}: {share.next_step}" if several and share.unit else share.next_step
    if one.measure.suggestion:
        yield one.measure.suggestion


def _summary(came: Sequence[Outcome], cancelled: int, says: Says) -> Iterator[Block]:
    yield Paragraph(says(words("report_paper.summary")), Style.HEADING)
    printed = [one for one in came if not one.reported and one.measure.result]
    counted = tally([one for one in came if one not in printed])
    facts = {standing.value: count for standing, count in counted.items()}
    yield Paragraph(says(words("report_paper.so_many", all=len(came), **facts)))
    if printed:
        yield Paragraph(says(words("report_paper.printed", count=len(printed))))
    if cancelled:
        yield Paragraph(says(words("report_paper.cancelled", count=cancelled)))


def _appendix(came: Sequence[Outcome], says: Says) -> Iterator[Block]:
    """The photos, in the order of the plan."""
    pictures = [_picture(one, photo, says) for one, photo in shown(came)]
    if pictures:
        yield PageBreak()
        yield Paragraph(says(words("report_paper.photos")), Style.TITLE)
        every = sum(len(one.photos) for one in came)
        if every > len(pictures):
            yield Paragraph(says(words("report_paper.some_photos", count=len(pictures), all=every)), Style.NOTE)
        yield Pictures(pictures)


def _picture(one: Outcome, photo: Photo, says: Says) -> Picture:
    number = one.measure.number or one.measure.place
    first = says(words("report_paper.of_measure", number=number, title=_short(one.measure.title)))
    second = says(words("report_paper.of_unit", unit=photo.unit or "-", on=photo.of.received_on))
    instead = words("report_paper.missing_photo" if photo.drawable else "report_paper.odd_photo")
    return Picture(photo.of.id if photo.drawable else "", (first, second), says(instead))


def _short(title: str) -> str:
    return title if len(title) <= SHORTENED else f"{title[: SHORTENED - 1].rstrip()}…"
