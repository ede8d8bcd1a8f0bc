"""A trial in one command: five sample agencies, the service, and a small LINE on the desk.

Everything lives in `demo/` under the variable folder, with keys and channels of its own, so that a trial and a real
installation never mix.
"""

import fcntl
import hashlib
import json
import os
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from bot import enrol, samples
from bot.processes import UNREADING, end, start, wait_for_end
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.people import Role

HOST = "127.0.0.1"
WAIT_S = 60
PHONE = "0-0000-0000"
PERSONAS = {
    "citizen": "ชาวบ้านตัวอย่าง",
    Role.STAFF: "เจ้าหน้าที่ตัวอย่าง",
    Role.HEAD: "หัวหน้าส่วนตัวอย่าง",
    Role.EXECUTIVE: "นายกตัวอย่าง",
    Role.OFFICER: "เจ้าหน้าที่รับเรื่องตัวอย่าง",
    Role.INTEGRITY: "เจ้าหน้าที่จริยธรรมตัวอย่าง",
    Role.ADMIN: "ผู้ดูแลระบบตัวอย่าง",
}


@dataclass(frozen=True)
class Channel:
    """A sample's make-believe channel."""

    slug: str
    channel_secret: str
    access_token: str
    bot_user_id: str


def run_demo(settings: Settings) -> int:
    """Prepare the trial, start it, print where to look, and stay until stopped."""
    folder = settings.var / "demo"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    running = _only_one(folder)
    if running is None:
        print(f"The trial is running already: {(folder / 'address').read_text()}")
        return 0
    port, desk_port = _free_port(settings.port), _free_port(settings.port + 80)
    url = f"sqlite:///{folder / 'itabot.db'}"
    keys, sealed = _keys(folder, "keys"), _keys(folder, "sealed-keys")
    own = replace(settings, var=folder, database_url=url, keys=keys, sealed_keys=sealed)
    channels = _channels(folder)
    _load(own, channels)
    config = _simulator_config(folder, channels, port)
    environment = {
        "ITABOT_VAR": str(folder), "DATABASE_URL": own.database_url, "ITABOT_KEYS": own.keys[0],
        "LINE_API_HOST": f"http://{HOST}:{desk_port}", "LINE_DATA_API_HOST": f"http://{HOST}:{desk_port}",
        "PORT": str(port), "ITABOT_BIND": HOST, "ITABOT_WEB_WORKERS": "1",
        "ITABOT_EVIDENCE": f"file:{folder / 'evidence'}", "ITABOT_EVIDENCE_SHARED": "1",
        "ITABOT_FORM_URL": f"http://{HOST}:{port}",
    }  # fmt: skip
    print("· starting the service and the simulator", flush=True)
    serve = {**environment, "ITABOT_SEALED_KEYS": sealed[0]}
    desk = [sys.executable, "-m", "bot.simulator", "--config", str(config), "--port", str(desk_port)]
    children = [start([sys.executable, "-m", "bot", "serve"], serve), start(desk, environment | UNREADING)]
    try:
        address = f"http://{HOST}:{desk_port}/"
        if not (_answers(f"http://{HOST}:{port}/readyz", children) and _answers(address, children)):
            print("The trial did not start; what went wrong stands above.", file=sys.stderr)
            return 1
        (folder / "address").write_text(address)
        _put_up_menus(replace(own, line_api=address.rstrip("/"), line_data_api=address.rstrip("/")), channels)
        print(f"Open {address} in a browser. Ctrl-C stops it; what was said is kept.", flush=True)
        return wait_for_end(children)
    finally:
        end(children)
        running.close()


def _only_one(folder: Path) -> IO[str] | None:
    """The lock of the one trial that may run in `folder`; None where one does."""
    lock = (folder / "running.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def _free_port(wanted: int) -> int:
    """`wanted`, or the next one that nobody uses."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if tried.connect_ex((HOST, port)) != 0:
                return port
    raise OSError(f"no free port from {wanted} on")


def _keys(folder: Path, name: str) -> tuple[str, ...]:
    """A key of the trial's own, made once."""
    return (_secret_file(folder / name, new_key),)


def _channels(folder: Path) -> list[Channel]:
    """Make-believe channels, made once."""

    def make() -> str:
        return json.dumps([vars(_new_channel(slug)) for slug in samples.NAMES])

    return [Channel(**one) for one in json.loads(_secret_file(folder / "channels.json", make))]


def _new_channel(slug: str) -> Channel:
    return Channel(slug, secrets.token_hex(16), secrets.token_urlsafe(64), _user_id(slug, "bot"))


def _secret_file(path: Path, make: Any) -> str:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    return path.read_text().strip()


def _load(settings: Settings, channels: list[Channel]) -> None:
    core = Core(settings)
    if migrate(core.database):
        print("· made the database", flush=True)
    with core.database.reading(across=True) as connection:
        known = {agency.slug for agency in core.agencies.all(connection)}
    for channel in channels:
        if channel.slug not in known:
            _add(core, channel)
    core.database.close()


def _add(core: Core, channel: Channel) -> None:
    """One sample agency with a member of every role."""
    sample = samples.load(channel.slug)
    print(f"· loading {sample.office.name.th}", flush=True)
    enrol.add_agency(
        core,
        enrol.NewAgency(
            slug=channel.slug, name=sample.office.name.th, channel_secret=channel.channel_secret,
            access_token=channel.access_token, bot_user_id=channel.bot_user_id, phone=PHONE, sample=channel.slug,
            account=f"@{channel.slug}",
        ),
    )  # fmt: skip
    for role, name in PERSONAS.items():
        if isinstance(role, Role):
            unit = sample.secretariat if role in {Role.STAFF, Role.HEAD} else ""
            enrol.add_member(core, enrol.NewMember(channel.slug, _user_id(channel.slug, role), name, [role], unit))
    _answers_of(core, channel.slug)


def _answers_of(core: Core, slug: str) -> None:
    """What the sample answers to citizens."""
    agency = enrol.agency_of(core, slug)
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        for topic in samples.topics():
            store.knowledge.save(replace(topic, id=store.new_id()))
    core.database.write(store.apply, of=agency.id)


def _put_up_menus(settings: Settings, channels: list[Channel]) -> None:
    core = Core(settings)
    for channel in channels:
        enrol.publish_menus(core, channel.slug)
    core.database.close()


def _user_id(slug: str, who: str) -> str:
    return "U" + hashlib.sha256(f"{slug}/{who}".encode()).hexdigest()[:32]


def _simulator_config(folder: Path, channels: list[Channel], port: int) -> Path:
    agencies = [
        {
            **vars(channel),
            "name": samples.load(channel.slug).office.short.th,
            "webhook": f"http://{HOST}:{port}/line/{channel.slug}/webhook",
            "personas": [
                {"role": str(role), "name": name, "user_id": _user_id(channel.slug, role)}
                for role, name in PERSONAS.items()
            ],
        }
        for channel in channels
    ]
    path = folder / "simulator.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"record": str(folder / "record.jsonl"), "agencies": agencies}, ensure_ascii=False))
    return path


def _answers(address: str, children: list[Any]) -> bool:
    """Whether `address` answers before a child ends or a minute has passed."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)  # noqa: PLR2004
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
