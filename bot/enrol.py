"""Adds agencies and people from the outside: the command line now, the console later."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import samples
from bot.line import richmenu
from bot.line.richmenu import Published
from bot.samples import Sample
from bot.storage.agencies import SLUG, Agency
from bot.storage.people import Member
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain import units
from itadomain.forgetting import drop_drafts
from itadomain.frameworks.shape import Name
from itadomain.integrity.appointing import written_down
from itadomain.invitations import ACCOUNT
from itadomain.office import Office
from itadomain.organisation import unit_named, units_of
from itadomain.people import Person, Post, Role
from itadomain.plans import keep_plan
from itadomain.posts import keep_an_administrator, posted

if TYPE_CHECKING:
    from bot.line.menu_client import LineMenus

LONGEST_NAME = 200
ACCOUNT_NAME = re.compile(r"@[0-9a-zA-Z._-]{1,30}")
LINE_USER_ID = re.compile(r"U[0-9a-zA-Z]{32}")


class Unknown(Exception):
    """What was named does not exist or cannot be."""


@dataclass(frozen=True)
class NewAgency:
    """An agency as it is added; what is empty, or None, stays as it was."""

    slug: str
    name: str
    channel_secret: str | None = None
    name_en: str = ""
    short: str = ""
    access_token: str = ""
    channel_id: str = ""
    bot_user_id: str = ""
    phone: str = ""
    hours: str = ""
    particle: str = ""
    account: str = ""
    sample: str | None = None


@dataclass(frozen=True)
class NewMember:
    """A person as they are enrolled."""

    slug: str
    line_user_id: str
    name: str
    role: Sequence[str]
    unit: str = ""


def add_agency(core: Core, new: NewAgency) -> None:
    """Add an agency, or change the one of that slug; all or nothing."""
    if not SLUG.fullmatch(new.slug):
        raise Unknown(f"«{new.slug}» cannot be part of an address: small letters, digits and hyphens only")
    new = _checked(new)
    sample = samples.load(new.sample) if new.sample else None

    def write(connection: Connection) -> None:
        known = core.agencies.by_slug(connection, new.slug)
        secret = new.channel_secret or (known.channel_secret if known else "")
        if not secret:
            raise Unknown(f"«{new.slug}» is not known yet and needs a channel secret: --channel-secret")
        agency = Agency(
            id=0,
            slug=new.slug,
            office=_office(new, sample, known.office if known else None),
            channel_secret=secret,
            access_token=new.access_token or (known.access_token if known else ""),
            channel_id=new.channel_id or (known.channel_id if known else ""),
            bot_user_id=new.bot_user_id or (known.bot_user_id if known else ""),
        )
        agency_id = core.agencies.save(connection, agency)
        core.database.narrow(connection, agency_id)
        if new.account:
            _keep_account(connection, core, agency_id, new.account)
        if sample:
            _fill(connection, core, agency_id, sample)

    core.database.write(write, across=True)


def publish_menus(core: Core, slug: str) -> Published:
    """Put the menus under the chat of an agency; LineSaysNo where LINE does not take them."""
    agency = agency_of(core, slug)
    return richmenu.publish(_menus(core, agency), core.texts, [member.line_user_id for member in members(core, slug)])


def hide_menu(core: Core, slug: str, line_user_id: str) -> None:
    """Take the own menu of somebody away who has no role any more; LineSaysNo where LINE does not do it."""
    _menus(core, agency_of(core, slug)).hide(line_user_id)


def unit_called(store: AgencyStore, name: str) -> tuple[str, bool]:
    """The id of the unit that a name or an alias means, and whether it was made for it; empty where none is named."""
    if not name:
        return "", False
    standing = store.units.all()
    known = unit_named(standing, name)
    if known:
        return known.id, False
    made = units.added(store.new_id(), name, standing)
    store.units.save(made)
    return made.id, True


def _menus(core: Core, agency: Agency) -> "LineMenus":
    from bot.line.client import Lines, Outcome  # noqa: PLC0415 - the SDK costs a second, and only this needs it
    from bot.line.menu_client import LineMenus  # noqa: PLC0415

    with contextlib.closing(Lines(core.settings.line_api)) as lines:
        token = lines.token(agency)
    if isinstance(token, Outcome):
        raise Unknown(f"LINE gives «{agency.slug}» no access token; «itabot doctor {agency.slug}» says why")
    return LineMenus(core.settings.line_api, core.settings.line_data_api, token)


def add_member(core: Core, new: NewMember) -> bool:
    """Enrol a person with roles, or change those of someone known; gives whether their unit was made for it."""
    if not LINE_USER_ID.fullmatch(new.line_user_id):
        raise Unknown(f"«{new.line_user_id}» is not a LINE user id: U and 32 letters or digits")
    agency, today = agency_of(core, new.slug), core.today()

    def write(connection: Connection) -> bool:
        store = AgencyStore(connection, agency, core.ring)
        unit, made = unit_called(store, new.unit.strip())
        posts = [Post(Role(role), unit) for role in new.role]  # since when is not known here
        known = store.people.by_line_id(new.line_user_id, today)
        before = known or Person(store.new_id())
        after = posted(replace(before, name=new.name), posts, today)
        if known:
            store.people.save(after)
        else:
            store.people.meet(new.line_user_id, after)
        written_down(store, before, after, "", core.now())
        store.apply(connection)
        return made

    return core.database.write(write, of=agency.id)


def members(core: Core, slug: str) -> Sequence[Member]:
    """All who have a role in an agency."""
    agency, today = agency_of(core, slug), core.today()
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        standing = store.units.all()
        found = store.people.members(today)
    return [replace(one, units=[unit.name for unit in units_of(one.person, standing, today)]) for one in found]


def remove_member(core: Core, slug: str, line_user_id: str, *, forget: bool) -> None:
    """Take all roles from a person; with `forget` their row and their open question go too."""
    agency, today = agency_of(core, slug), core.today()

    def write(connection: Connection) -> None:
        store = AgencyStore(connection, agency, core.ring)
        known = store.people.by_line_id(line_user_id, today)
        if known is None:
            raise Unknown(f"nobody of this LINE user id is known to «{slug}»")
        without = posted(known, (), today)
        keep_an_administrator(store.people.with_role(Role.ADMIN, today), known, without, today)
        if forget:
            store.places.clear(known.id)
            drop_drafts(store, known)
            store.people.forget(known)
        else:
            store.people.save(without)
        written_down(store, known, without, "", core.now())
        store.apply(connection)

    core.database.write(write, of=agency.id)


def agency_of(core: Core, slug: str) -> Agency:
    """The agency of an address; Unknown where there is none."""
    agency = core.channels.by_slug(slug)
    if agency is None:
        raise Unknown(f"there is no agency «{slug}»")
    return agency


def _checked(new: NewAgency) -> NewAgency:
    """The same without the blanks around its values, which come with copying; Unknown where one cannot be right."""
    given = {name: value.strip() for name, value in vars(new).items() if isinstance(value, str)}
    new = replace(new, **given)
    if not 0 < len(new.name) <= LONGEST_NAME:
        raise Unknown(f"a name has 1 to {LONGEST_NAME} characters")
    if new.channel_secret == "":
        raise Unknown("an empty channel secret would let anyone sign")
    if new.account and not ACCOUNT_NAME.fullmatch(new.account):
        raise Unknown(f"«{new.account}» is no name of a LINE account: it begins with @, as the account's page shows it")
    for what, value in (("channel secret", new.channel_secret or ""), ("access token", new.access_token)):
        if not (value.isascii() and value.isprintable()):
            raise Unknown(f"the {what} has signs that LINE never gives: copy it from the console again")
    return new


def _office(new: NewAgency, sample: Sample | None, known: Office | None) -> Office:
    """The agency's face: as named on the command line, else as it was, else as the sample prints it."""
    before = known or (sample.office if sample else Office(Name(new.name, new.name), Name(new.name, new.name)))
    return Office(
        name=Name(new.name, new.name_en or before.name.en),
        short=Name(new.short or before.short.th, new.name_en or before.short.en),
        phone=new.phone or before.phone,
        hours=new.hours or before.hours,
        particle=new.particle or before.particle,
        sample=before.sample or sample is not None,
    )


def _keep_account(connection: Connection, core: Core, agency_id: int, account: str) -> None:
    store = AgencyStore(connection, core.agencies.by_id(connection, agency_id), core.ring)
    store.settings.put(ACCOUNT, account)
    store.apply(connection)


def _fill(connection: Connection, core: Core, agency_id: int, sample: Sample) -> None:
    store = AgencyStore(connection, core.agencies.by_id(connection, agency_id), core.ring)
    for result in sample.results:
        store.scores.save(result)
    standing = {unit.id: unit for unit in store.units.all()}
    for unit in sample.units:
        named = unit_named(standing.values(), unit.name)
        kept = replace(unit, id=named.id if named else store.new_id())
        store.units.save(kept)
        standing[kept.id] = kept
    keep_plan(store, sample.measures, list(standing.values()), core.today())
    store.apply(connection)
