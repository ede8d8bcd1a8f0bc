"""Makes a code to enrol with from the command line."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.enrol import agency_of, unit_called
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.invitations import ACCOUNT, chat_link, invitation, printed
from itadomain.people import Role


@dataclass(frozen=True)
class Invited:
    """A code as it is told once, with the link that opens the chat where the account's name is known."""

    code: str
    link: str
    last_day: date
    unit_made: bool


def invite(core: Core, slug: str, unit: str, role: str) -> Invited:
    """Make a code for one person, bound to a unit and a role; a unit that is not there yet is made."""
    agency, today = agency_of(core, slug), core.today()

    def write(connection: Connection) -> Invited:
        store = AgencyStore(connection, agency, core.ring)
        unit_id, unit_made = unit_called(store, unit.strip())
        code, made = store.new_code(), invitation(store.new_id(), Role(role), unit_id, "", today)
        store.invitations.save(made, code)
        account = store.settings.get(ACCOUNT)
        store.apply(connection)
        return Invited(printed(code), chat_link(account, code) if account else "", made.last_day, unit_made)

    return core.database.write(write, of=agency.id)
