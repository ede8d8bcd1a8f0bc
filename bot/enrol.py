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
from bot.storage.unit import Unit
from bot.texts import Texts
from bot.wiring import Core
from itadomain.frameworks.shape import Name
from itadomain.office import Office
from itadomain.people import EVERYONE, Person, Role

if TYPE_CHECKING:
    from bot.line.menu_client import LineMenus

LONGEST_NAME = 200
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
        if sample:
            core.database.narrow(connection, agency_id)
            _fill(connection, core, agency_id, sample)

    core.database.write(write, across=True)


def publish_menus(core: Core, slug: str) -> Published:
    """Put the menus under the chat of an agency; LineSaysNo where LINE does not take them."""
    agency = _agency(core, slug)
    with core.database.reading(of=agency.id) as connection:
        insiders = Unit(connection, agency, core.ring).people.insiders()
    return richmenu.publish(_menus(core, agency), Texts(), insiders)


def hide_menu(core: Core, slug: str, line_user_id: str) -> None:
    """Take the own menu of somebody away who has no role any more; LineSaysNo where LINE does not do it."""
    _menus(core, _agency(core, slug)).hide(line_user_id)


def _menus(core: Core, agency: Agency) -> "LineMenus":
    from bot.line.client import Lines, Outcome  # noqa: PLC0415 - the SDK costs a second, and only this needs it
    from bot.line.menu_client import LineMenus  # noqa: PLC0415

    with contextlib.closing(Lines(core.settings.line_api)) as lines:
        token = lines.token(agency)
    if isinstance(token, Outcome):
        raise Unknown(f"LINE gives «{agency.slug}» no access token; «itabot doctor {agency.slug}» says why")
    return LineMenus(core.settings.line_api, core.settings.line_data_api, token)


def add_member(core: Core, new: NewMember) -> None:
    """Enrol a person with roles, or change those of someone known."""
    if not LINE_USER_ID.fullmatch(new.line_user_id):
        raise Unknown(f"«{new.line_user_id}» is not a LINE user id: U and 32 letters or digits")

    agency = _agency(core, new.slug)

    def write(connection: Connection) -> None:
        unit = Unit(connection, agency, core.ring)
        known = unit.people.by_line_id(new.line_user_id)
        roles = frozenset(Role(role) for role in new.role)
        if known:
            unit.people.save(Person(known.id, new.name, roles, known.language, new.unit))
        else:
            unit.people.meet(new.line_user_id, Person(Unit.new_id(), new.name, roles, unit=new.unit))
        unit.apply(connection)

    core.database.write(write, of=agency.id)


def members(core: Core, slug: str) -> Sequence[Member]:
    """All who have a role in an agency."""
    agency = _agency(core, slug)
    with core.database.reading(of=agency.id) as connection:
        return Unit(connection, agency, core.ring).people.members()


def remove_member(core: Core, slug: str, line_user_id: str, *, forget: bool) -> None:
    """Take all roles from a person; with `forget` their row and their open question go too."""
    agency = _agency(core, slug)

    def write(connection: Connection) -> None:
        unit = Unit(connection, agency, core.ring)
        known = unit.people.by_line_id(line_user_id)
        if known is None:
            raise Unknown(f"nobody of this LINE user id is known to «{slug}»")
        if forget:
            unit.places.clear(known.id)
            unit.people.forget(known)
        else:
            unit.people.save(replace(known, roles=EVERYONE))
        unit.apply(connection)

    core.database.write(write, of=agency.id)


def _agency(core: Core, slug: str) -> Agency:
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


def _fill(connection: Connection, core: Core, agency_id: int, sample: Sample) -> None:
    unit = Unit(connection, core.agencies.by_id(connection, agency_id), core.ring)
    for result in sample.results:
        unit.scores.save(result)
    unit.measures.save_plan(sample.measures)
    unit.apply(connection)
