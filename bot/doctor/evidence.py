"""Where copies of evidence lie: can something be kept there, does every process see it, has each agency room left."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot.acts import MB
from bot.doctor.finding import Finding, bad, doubtful, good
from bot.evidence import mark
from bot.storage import evidence
from bot.wiring import Core
from itadomain.evidence import NEARLY_FULL


def shelf(core: Core) -> Iterator[Finding]:
    """The place itself; nothing is written to look at it."""
    place = core.settings.evidence
    if place.lost:
        yield bad("evidence", place.lost, "the service does not start before that is settled; see docs/evidence.md")
        return
    apart = _apart(core)
    if apart:
        yield bad("evidence", apart, "the service does not start on this host before that is settled")
        return
    fault = core.shelf.fault()
    if fault:
        yield bad("evidence", fault, "mend what the sentence names: what people send cannot be kept")
    else:
        yield good("evidence", f"copies lie at {core.shelf.where}")
    if not core.settings.public_url:
        yield good("evidence", "without ITABOT_PUBLIC_URL the chat lists evidence and shows no pictures")


def _apart(core: Core) -> str:
    """Whether the copies lie elsewhere; a database or a folder that cannot be read is told of by itself."""
    if not core.settings.evidence.apart:
        return ""  # every process sees this place, and a database that is not there yet is not made by looking
    try:
        return mark.not_ours(core.settings.evidence, core.database)
    except (SQLAlchemyError, OSError):
        return ""


def room(core: Core, agency_id: int) -> Iterator[Finding]:
    """Whether an agency's room is nearly used up; of the others nothing is said."""
    most = core.settings.evidence.most_mb
    with core.database.reading(of=agency_id) as connection:
        used = evidence.used(connection, agency_id) / MB
    if used >= most * NEARLY_FULL:
        says = f"{used:,.0f} of {most:,} MB for evidence are used"
        yield doubtful("room", says, "raise ITABOT_EVIDENCE_QUOTA_MB before nothing more can be kept")
