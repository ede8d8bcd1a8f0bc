"""How the agency handles complaints of corruption, and others: who, by which way, within how many days, as set."""

from collections.abc import Iterator, Sequence

from bot.papers.asking import Asking
from bot.papers.document import About, Block, Cell, Document, Paragraph, Signature, Signatures, Style, Table
from handlers.cases.case_cards import category_name
from handlers.kit import Words, words
from itadomain.cases.categories import complete
from itadomain.integrity.outside import bodies
from itadomain.integrity.promising import promise
from itadomain.integrity.stages import DAYS_TO_REOPEN
from itadomain.invitations import ACCOUNT
from itadomain.people import Role

WAYS_WIDTHS, STEPS_WIDTHS, CATEGORIES_WIDTHS = (34, 66), (10, 50, 40), (31, 27, 20, 22)


def guideline_paper(asking: Asking) -> Document:
    """The guideline as things are set today."""
    says, agency = asking.says, asking.says(asking.store.office.name)
    title = says(words("guideline_paper.title"))
    data = says(words("guideline_paper.data", day=asking.today))
    blocks = [
        Paragraph(title, Style.TITLE),
        Paragraph(agency, Style.TITLE),
        Paragraph(says(words("guideline_paper.what_for")), Style.HEADING),
        Paragraph(says(words("guideline_paper.purpose", agency=agency))),
        *_ways(asking),
        *_steps(asking),
        *_confidence(asking),
        *_others(asking),
        Signatures([Signature(says(words("plan_paper.approved")))]),
    ]
    about = About(title, agency, asking.by, asking.made, data)
    return Document(about, blocks, draft=says(words("plan_paper.draft")))


def ways(asking: Asking) -> Iterator[tuple[object, object]]:
    """The ways by which corruption is told, each with where it is found; those that the agency has."""
    store = asking.store
    account = store.settings.get(ACCOUNT)
    if store.office.form:
        yield words("guideline_paper.way_form"), store.office.form
    line = words("guideline_paper.line_account", account=account) if account else words("guideline_paper.line_menu")
    yield words("guideline_paper.way_line"), line
    if store.office.phone:
        yield words("guideline_paper.way_phone"), f"{store.office.phone} {store.office.hours}".strip()
    for body in bodies(store.settings):
        yield words("guideline_paper.way_outside", name=body.name), body.phone or "-"


def receivers(asking: Asking) -> Words:
    """Who reads it, by the post; that nobody is appointed is said."""
    there = asking.store.people.with_role(Role.INTEGRITY, asking.today)
    return words("guideline_paper.receiver") if there else words("guideline_paper.no_receiver")


def two_columns(asking: Asking, headings: Sequence[Words], rows: Iterator[tuple[object, object]]) -> Table:
    """A table of what something is and where it is found."""
    says = asking.says
    told = [[Cell((says(one),)) for one in row] for row in rows]
    return Table(WAYS_WIDTHS, [[Cell((says(one),)) for one in headings]], told)


def _ways(asking: Asking) -> Iterator[Block]:
    yield Paragraph(asking.says(words("guideline_paper.ways")), Style.HEADING)
    yield two_columns(asking, (words("guideline_paper.way"), words("guideline_paper.where")), ways(asking))


def _steps(asking: Asking) -> Iterator[Block]:
    says, promised = asking.says, promise(asking.store.settings)
    steps = (
        (words("guideline_paper.step_told"), words("guideline_paper.at_once")),
        (words("guideline_paper.step_brought"), words("guideline_paper.three_times_a_day")),
        (words("guideline_paper.step_accepted"), words("guideline_paper.within", days=promised.accept)),
        (words("guideline_paper.step_answered"), words("guideline_paper.within", days=promised.answer)),
        (words("guideline_paper.step_reopened"), words("guideline_paper.within_days", days=DAYS_TO_REOPEN)),
    )
    headings = (words("guideline_paper.no"), words("guideline_paper.step"), words("guideline_paper.time"))
    rows = [[Cell((str(no),)), Cell((says(step),)), Cell((says(time),))] for no, (step, time) in enumerate(steps, 1)]
    yield Paragraph(says(words("guideline_paper.steps")), Style.HEADING)
    yield Paragraph(says(receivers(asking)))
    yield Table(STEPS_WIDTHS, [[Cell((says(one),)) for one in headings]], rows)


def _confidence(asking: Asking) -> Iterator[Block]:
    yield Paragraph(asking.says(words("guideline_paper.confidence")), Style.HEADING)
    for told in (words("guideline_paper.who_is_left_out"), words("guideline_paper.name_apart")):
        yield Paragraph(asking.says(told))


def _others(asking: Asking) -> Iterator[Block]:
    says, store = asking.says, asking.store
    units = {one.id: one.name for one in store.units.all()}
    headings = (
        words("guideline_paper.category"),
        words("guideline_paper.unit"),
        words("guideline_paper.accepted"),
        words("guideline_paper.answered"),
    )
    rows = [
        [
            Cell((says(category_name(one)),)),
            Cell((units.get(one.unit) or says(words("guideline_paper.desk")),)),
            Cell((says(words("guideline_paper.days", days=one.promise.accept)),)),
            Cell((says(words("guideline_paper.days", days=one.promise.answer)),)),
        ]
        for one in complete(store.categories.all())
        if not one.closed
    ]
    yield Paragraph(says(words("guideline_paper.others")), Style.HEADING)
    yield Paragraph(says(words("guideline_paper.others_how")))
    yield Table(CATEGORIES_WIDTHS, [[Cell((says(one),)) for one in headings]], rows)
