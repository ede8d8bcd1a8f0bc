"""Those who receive disclosures: is somebody there, can something be sealed for them, and can they read it."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, doubtful, good
from bot.storage import officer_keys, rewrapping
from bot.storage.agencies import Agency
from bot.storage.store import AgencyStore
from bot.storage.tenancy import AgencySession
from bot.wiring import Core
from itadomain.people import Role

ENROL = "«itabot member add … --role integrity», better two of them"
SET = "set ITABOT_SEALED_KEYS for the worker and for this command; docs/going-live.md says how"
START = "start the worker with ITABOT_SEALED_KEYS: it makes them within a minute"
FIND = "put the old key behind the others in ITABOT_SEALED_KEYS, then «itabot keys rotate»: nothing else opens them"


def examine(core: Core, agency: Agency) -> Iterator[Finding]:
    """Everything about the receivers of one agency; nothing is opened to look at it."""
    with core.database.reading(of=agency.id) as connection:
        receivers = AgencyStore(connection, agency, core.ring).people.with_role(Role.INTEGRITY, core.today())
        wrapped = rewrapping.wrapped_under(connection, core.ring, agency.id)
        halves = {half.person: half for half in officer_keys.halves(AgencySession(connection, agency.id))}
    officers = core.ring.officers
    if not receivers:
        yield doubtful("receivers", "nobody receives disclosures: whoever comes is shown bodies outside", ENROL)
    if officers is None:
        if receivers or wrapped:
            yield bad("sealed keys", "without ITABOT_SEALED_KEYS no disclosure can be read", SET)
        return
    lost = sum(count for kid, count in wrapped.items() if not officers.has(kid))
    if lost:
        yield bad("sealed keys", f"{lost} keys of disclosures were wrapped under a key that is not there", FIND)
    lacking = [one for one in receivers if one.id not in halves or not officers.has(halves[one.id].kid)]
    if lacking:
        yield doubtful("receivers", f"{len(lacking)} of {len(receivers)} have no key yet", START)
    elif receivers:
        yield good("receivers", f"{len(receivers)} can be given disclosures")
