"""Adds agencies and people from the outside: the command line now, the console later."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import samples
from bot.line import richmenu
from bot.samples import Sample
from bot.storage.agencies import Agency
from bot.storage.unit import Unit
from bot.texts import Texts
from bot.wiring import Core
from itadomain.frameworks.shape import Name
from itadomain.office import Office
from itadomain.people import Person, Role

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
LINE_USER_ID = re.compile(r"U[0-9a-zA-Z]{32}")


class Unknown(Exception):
    """What was named does not exist or cannot be."""


@dataclass(frozen=True)
class NewAgency:
    """An agency as it is added."""

    slug: str
    name: str
    channel_secret: str
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
    if not new.channel_secret.strip():
        raise Unknown("an empty channel secret would let anyone sign")
    sample = samples.load(new.sample) if new.sample else None

    def write(connection: Connection) -> None:
        known = core.agencies.by_slug(connection, new.slug)
        agency = Agency(
            id=0,
            slug=new.slug,
            office=_office(new, sample, known.office if known else None),
            channel_secret=new.channel_secret,
            access_token=new.access_token or (known.access_token if known else ""),
            channel_id=new.channel_id or (known.channel_id if known else ""),
            bot_user_id=new.bot_user_id or (known.bot_user_id if known else ""),
        )
        agency_id = core.agencies.save(connection, agency)
        if sample:
            core.database.narrow(connection, agency_id)
            _fill(connection, core, agency_id, sample)

    core.database.write(write, across=True)


def publish_menus(core: Core, slug: str) -> list[str]:
    """Put the menus under the chat of an agency; gives the names of those made anew."""
    from bot.line.client import Lines, Outcome  # noqa: PLC0415 - the SDK costs a second, and only this needs it
    from bot.line.menu_client import LineMenus  # noqa: PLC0415

    agency = core.channels.by_slug(slug)
    if agency is None:
        raise Unknown(f"there is no agency «{slug}»")
    with core.database.reading(of=agency.id) as connection:
        insiders = Unit(connection, agency, core.ring).people.insiders()
    with contextlib.closing(Lines(core.settings.line_api)) as lines:
        token = lines.token(agency)
    if isinstance(token, Outcome):
        raise Unknown(f"LINE gives «{slug}» no access token; «itabot doctor {slug}» says why")
    menus = LineMenus(core.settings.line_api, core.settings.line_data_api, token)
    return richmenu.publish(menus, Texts(), insiders)


def add_member(core: Core, new: NewMember) -> None:
    """Enrol a person with roles, or change those of someone known."""
    if not LINE_USER_ID.fullmatch(new.line_user_id):
        raise Unknown(f"«{new.line_user_id}» is not a LINE user id: U and 32 letters or digits")

    agency = core.channels.by_slug(new.slug)
    if agency is None:
        raise Unknown(f"there is no agency «{new.slug}»")

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
