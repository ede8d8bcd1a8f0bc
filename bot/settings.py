"""What the environment says, read once; every fault is told at once."""

import os
import re
import sys
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LINE_API = "https://api.line.me"
LINE_DATA_API = "https://api-data.line.me"
BANGKOK = "Asia/Bangkok"
LOG_FORMS = ("json", "text")
MOST_PORT = 65_535
#: Set by hosts whose disk is gone at the next start.
EPHEMERAL = ("DYNO", "K_SERVICE", "RENDER_SERVICE_ID", "VCAP_APPLICATION")
INSTEAD = "keep it in a bucket (s3:…), or say ITABOT_EVIDENCE_SHARED=1 where the folder is on a disk that stays for all"
LOST = f"ITABOT_EVIDENCE is a folder, and this host forgets its disk: {INSTEAD}"
APART = f"ITABOT_EVIDENCE is another folder than the one that this database's copies lie in: mount that one, {INSTEAD}"
HERE = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d{1,5})?")  # an address on this machine itself
POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")  # as hosts write it


class BadSettings(Exception):
    """The environment cannot be used; `faults` says all that is wrong with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class EvidencePlace:
    """Where copies of evidence are kept: `file:/folder` or `s3:bucket/prefix`, and how much of each agency's.

    `lost` says why copies there would be gone at the next start; `apart`, empty where one host alone can have this
    database, what is wrong with any folder but that of the first host.
    """

    where: str = ""
    most_mb: int = 5 * 1024
    lost: str = ""
    apart: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next."""

    var: Path
    database_url: str
    keys: tuple[str, ...]
    sealed_keys: tuple[str, ...]
    line_api: str
    line_data_api: str
    port: int
    timezone: zoneinfo.ZoneInfo
    bind: str = "127.0.0.1"  # the HTTPS front is on the same machine; the Procfile says otherwise
    web_workers: int = 2
    web_threads: int = 8
    turn_threads: int = 2
    send_threads: int = 4
    task_threads: int = 2
    evidence: EvidencePlace = EvidencePlace()
    public_url: str = ""  # under which LINE and phones reach the web process
    form_url: str = ""  # under which the form outside LINE is reached
    lease_ms: int = 10_000
    most_attempts: int = 8
    most_a_minute: int = 60
    calls_a_second: int = 1_600  # four fifths of what LINE allows to a channel and endpoint
    reply_token_ms: int = 50_000

    @property
    def reached_at(self) -> str:
        """The address under which phones reach our pages: a trial has no other than that of its form."""
        return self.public_url or (self.form_url if HERE.fullmatch(self.form_url) else "")

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Settings from the environment; BadSettings with every fault."""
        faults = _log_faults(environment)
        var = Path(environment.get("ITABOT_VAR") or "var").absolute()

        def number(name: str, default: int, most: int = 10**9) -> int:
            text = environment.get(name) or str(default)
            if text.isdecimal() and 0 < int(text) <= most:
                return int(text)
            faults.append(f"{name} is «{text}», not a whole number from 1 to {most}")
            return default

        settings = cls(
            var=var,
            database_url=_database_url(environment.get("DATABASE_URL", ""), var, faults),
            keys=_list(environment.get("ITABOT_KEYS", "")),
            sealed_keys=_list(environment.get("ITABOT_SEALED_KEYS", "")),
            line_api=_address("LINE_API_HOST", environment, LINE_API, faults),
            line_data_api=_address("LINE_DATA_API_HOST", environment, LINE_DATA_API, faults),
            port=number("PORT", 8000, most=MOST_PORT),
            timezone=_zone(environment.get("ITABOT_TIMEZONE") or BANGKOK, faults),
            bind=environment.get("ITABOT_BIND") or cls.bind,
            web_workers=number("ITABOT_WEB_WORKERS", cls.web_workers),
            web_threads=number("ITABOT_WEB_THREADS", cls.web_threads),
            turn_threads=number("ITABOT_TURN_THREADS", cls.turn_threads),
            send_threads=number("ITABOT_SEND_THREADS", cls.send_threads),
            task_threads=number("ITABOT_TASK_THREADS", cls.task_threads),
            evidence=_evidence(environment, var, number, faults),
            public_url=_public_url(environment.get("ITABOT_PUBLIC_URL", ""), faults),
            form_url=_form_url(environment, faults),
            lease_ms=number("ITABOT_LEASE_MS", cls.lease_ms),
            most_attempts=number("ITABOT_MOST_ATTEMPTS", cls.most_attempts),
            most_a_minute=number("ITABOT_MOST_A_MINUTE", cls.most_a_minute),
            calls_a_second=number("ITABOT_CALLS_A_SECOND", cls.calls_a_second, most=2000),
            reply_token_ms=number("ITABOT_REPLY_TOKEN_MS", cls.reply_token_ms),
        )
        if faults:
            raise BadSettings(faults)
        return settings


def log_form(environment: Mapping[str, str] = os.environ) -> str:
    """`json` or `text`, as ITABOT_LOG says, else by whether somebody looks at standard error.

    It stands apart from Settings, whose faults are told in a form themselves.
    """
    asked = environment.get("ITABOT_LOG")
    return asked if asked in LOG_FORMS else "text" if sys.stderr.isatty() else "json"


def _log_faults(environment: Mapping[str, str]) -> list[str]:
    asked = environment.get("ITABOT_LOG")
    return [f"ITABOT_LOG is «{asked}», neither json nor text"] if asked and asked not in LOG_FORMS else []


def _zone(name: str, faults: list[str]) -> zoneinfo.ZoneInfo:
    if name not in zoneinfo.available_timezones():
        faults.append(f"ITABOT_TIMEZONE is «{name}», which is no time zone")
        name = BANGKOK
    return zoneinfo.ZoneInfo(name)


def _database_url(url: str, var: Path, faults: list[str]) -> str:
    if not url:
        return f"sqlite:///{var / 'itabot.db'}"
    kind, _, rest = url.partition("://")
    if kind in POSTGRES and rest:
        faults += _server_faults(rest)
        return f"postgresql://{rest}"
    if kind != "sqlite" or not rest.startswith("/") or not rest.strip("/"):
        faults.append("DATABASE_URL must be sqlite:/// and the path of a file, or postgresql://…")
    return url


def _server_faults(rest: str) -> Sequence[str]:
    """What is wrong with the address of a PostgreSQL server; no part of it is repeated, it may be of the password."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - only PostgreSQL has an address to take apart
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    if rest.count("@") > 1:
        return ["DATABASE_URL has more than one @: write @ in the password as %40"]
    try:
        address = make_url(f"postgresql://{rest}")
    except (ArgumentError, ValueError):
        return ["DATABASE_URL cannot be read: a port is a number, and an IPv6 address stands in [ ]"]
    if set(address.host or "") & {"[", "]"}:
        return ["DATABASE_URL cannot be read: an IPv6 address stands in [ ]"]
    if not 0 < (1 if address.port is None else address.port) <= MOST_PORT:
        return [f"DATABASE_URL has a port that is not a number from 1 to {MOST_PORT}"]
    return []


def _address(name: str, environment: Mapping[str, str], default: str, faults: list[str]) -> str:
    address = (environment.get(name) or default).rstrip("/")
    if "://" not in address:
        address = f"https://{address}"
    if not address.startswith(("https://", "http://")):
        faults.append(f"{name} is «{address}», not an http address")
    return address


def _evidence(
    environment: Mapping[str, str], var: Path, number: Callable[[str, int], int], faults: list[str]
) -> EvidencePlace:
    kind, _, place = (environment.get("ITABOT_EVIDENCE") or f"file:{var / 'evidence'}").partition(":")
    if kind not in {"file", "s3"} or not place.strip("/"):
        faults.append("ITABOT_EVIDENCE must be file: and a folder, or s3: and a bucket")
    where = f"file:{Path(place).absolute()}" if kind == "file" else f"{kind}:{place.strip('/')}"
    most_mb = number("ITABOT_EVIDENCE_QUOTA_MB", EvidencePlace.most_mb)
    folder = kind == "file" and environment.get("ITABOT_EVIDENCE_SHARED") != "1"
    forgets = folder and any(environment.get(name) for name in EPHEMERAL)
    shares = folder and environment.get("DATABASE_URL", "").partition("://")[0] in POSTGRES
    return EvidencePlace(where, most_mb, LOST if forgets else "", APART if shares else "")


def _public_url(text: str, faults: list[str]) -> str:
    if text and not text.startswith("https://"):
        faults.append(f"ITABOT_PUBLIC_URL is «{text}», not an https address")
    return text.rstrip("/")


def _form_url(environment: Mapping[str, str], faults: list[str]) -> str:
    """Where the form is; that of the service where none is named. Without https only on this machine itself."""
    text = (environment.get("ITABOT_FORM_URL") or environment.get("ITABOT_PUBLIC_URL") or "").rstrip("/")
    if environment.get("ITABOT_FORM_URL") and not (text.startswith("https://") or HERE.fullmatch(text)):
        faults.append(f"ITABOT_FORM_URL is «{text}», not an https address")
    return text


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
