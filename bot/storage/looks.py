"""That somebody looked at what was sent with a case, where the look goes by the web and not by a turn."""

from datetime import datetime

from sqlalchemy import Connection

from bot.storage.agencies import Agency
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from itadomain.audit_log import Deed, Happened
from itadomain.evidence import Evidence


def write_down(connection: Connection, agency: Agency, ring: KeyRing, sent: Evidence, by: str, at: datetime) -> None:
    """Write it into the audit log. What its reporter looks at is theirs, and not written down."""
    store = AgencyStore(connection, agency, ring)
    case = store.cases.get(sent.case)
    if case is None or by == case.reporter:
        return
    store.audit_log.add(Happened(Deed.LOOKED, at, by, case.id, {"evidence": sent.id}))
    store.apply(connection)
