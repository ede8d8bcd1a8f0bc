"""Agencies and their LINE channels: the only rows that belong to no one agency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tenancy import Base, JoiningSession
from itadomain.frameworks.shape import Name
from itadomain.office import Office

#: An agency's part of an address.
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class CannotOpen(SealBroken):
    """An agency's secrets do not open with these keys."""

    def __init__(self, agency_id: int) -> None:
        super().__init__("an agency's secrets do not open with these keys")
        self.agency_id = agency_id


class AgencyRow(Base):
    """An agency with its public face and its channel; secrets are sealed."""

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    short: Mapped[str] = mapped_column(default="")
    short_en: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    particle: Mapped[str] = mapped_column(default="ค่ะ")
    sample: Mapped[bool] = mapped_column(default=False)
    channel_id: Mapped[str] = mapped_column(default="")
    bot_user_id: Mapped[str] = mapped_column(default="")
    channel_secret: Mapped[str]
    access_token: Mapped[str] = mapped_column(default="")


class Row(NamedTuple):
    """An `AgencyRow` as the hot statements read it."""

    id: int
    slug: str
    name: str
    name_en: str
    short: str
    short_en: str
    phone: str
    hours: str
    particle: str
    sample: bool
    channel_id: str
    bot_user_id: str
    channel_secret: str
    access_token: str


@dataclass(frozen=True)
class Agency:
    """An agency as the edge needs it: whose secret, whose token, which face."""

    id: int
    slug: str
    office: Office
    channel_secret: str
    access_token: str
    channel_id: str = ""
    bot_user_id: str = ""


class Agencies:
    """All agencies of the installation."""

    def __init__(self, ring: KeyRing, form_url: str = "", site: str = "") -> None:
        self._ring = ring
        self._form_url = form_url
        self._site = site

    def by_slug(self, connection: Connection, slug: str) -> Agency | None:
        """The agency of an address, None where there is none; CannotOpen where it was sealed with other keys."""
        row = hot.agency(connection, slug=slug)
        return self._agency(Row(*row)) if row else None

    def by_id(self, connection: Connection, agency_id: int) -> Agency:
        """The agency that a row of the queue belongs to; LookupError where there is none."""
        row = hot.agency(connection, agency_id=agency_id)
        if row is None:
            raise LookupError(agency_id)
        return self._agency(Row(*row))

    def slugs(self, connection: Connection) -> Sequence[str]:
        """The address of every agency, in order; nothing sealed is opened."""
        return list(JoiningSession(connection).scalars(select(AgencyRow.slug).order_by(AgencyRow.slug)))

    def all(self, connection: Connection) -> Sequence[Agency]:
        """Every agency, by address."""
        return [
            self._agency(row) for row in JoiningSession(connection).scalars(select(AgencyRow).order_by(AgencyRow.slug))
        ]

    def save(self, connection: Connection, agency: Agency) -> int:
        """Keep an agency under its slug, in place of the one kept before; gives its id."""
        session = JoiningSession(connection)
        row = session.scalar(select(AgencyRow).where(AgencyRow.slug == agency.slug)) or AgencyRow(slug=agency.slug)
        _put(row, agency)
        row.channel_secret = self._ring.seal_text(agency.channel_secret, agency.slug, "agency", "channel_secret")
        row.access_token = self._ring.seal_text(agency.access_token, agency.slug, "agency", "access_token")
        session.add(row)
        session.flush()
        return row.id

    def _agency(self, row: "AgencyRow | Row") -> Agency:
        office = Office(
            name=Name(row.name, row.name_en or row.name),
            short=Name(row.short or row.name, row.short_en or row.name_en or row.name),
            phone=row.phone,
            hours=row.hours,
            particle=row.particle,
            sample=bool(row.sample),
            site=self._site,
            form=f"{self._form_url}/tell/{row.slug}" if self._form_url else "",
        )
        try:
            secret = self._ring.open_text(row.channel_secret, row.slug, "agency", "channel_secret")
            token = self._ring.open_text(row.access_token, row.slug, "agency", "access_token")
        except SealBroken as broken:
            raise CannotOpen(row.id) from broken
        return Agency(row.id, row.slug, office, secret, token, row.channel_id, row.bot_user_id)


def _put(row: AgencyRow, agency: Agency) -> None:
    office = agency.office
    row.name, row.name_en = office.name.th, office.name.en
    row.short, row.short_en = office.short.th, office.short.en
    row.phone, row.hours, row.particle, row.sample = (
        office.phone,
        office.hours,
        office.particle,
        office.sample,
    )
    row.channel_id, row.bot_user_id = agency.channel_id, agency.bot_user_id
