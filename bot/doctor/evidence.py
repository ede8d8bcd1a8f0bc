"""Where copies of evidence lie: can something be kept there, does every process see it, has each agency room left."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, doubtful, good
from bot.storage import evidence
from bot.wiring import MB, Core
from itadomain.evidence import NEARLY_FULL


def shelf(core: Core) -> Iterator[Finding]:
    """The place itself; nothing is written to look at it."""
    place = core.settings.evidence
    if place.apart:
        yield doubtful("evidence", place.apart, "with one host alone all is well; before a second one comes, settle it")
    if place.lost:
        yield bad("evidence", place.lost, "the service does not start before that is settled; see docs/evidence.md")
        return
    fault = core.shelf.fault()
    if fault:
        yield bad("evidence", fault, "mend what the sentence names: what people send cannot be kept")
    else:
        yield good("evidence", f"copies lie at {core.shelf.where}")
    if not core.settings.public_url:
        yield good("evidence", "without ITABOT_PUBLIC_URL the chat lists evidence and shows no pictures")


def room(core: Core, agency_id: int) -> Iterator[Finding]:
    """Whether an agency's room is nearly used up; of the others nothing is said."""
    most = core.settings.evidence.most_mb
    with core.database.reading(of=agency_id) as connection:
        used = evidence.used(connection, agency_id) / MB
    if used >= most * NEARLY_FULL:
        says = f"{used:,.0f} of {most:,} MB for evidence are used"
        yield doubtful("room", says, "raise ITABOT_EVIDENCE_QUOTA_MB before nothing more can be kept")
