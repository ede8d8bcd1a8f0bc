"""A real installation with the five samples, and LINE's example events where the shared folder is at hand."""

import base64
import hashlib
import hmac
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import enrol, samples
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.wiring import Core
from tests.line.edge import Edge

SHARED = Path(__file__).resolve().parents[3] / "shared"


def make_core(folder: Path, key: str) -> Core:
    return Core(Settings.read({"ITABOT_VAR": str(folder), "ITABOT_KEYS": key}))


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared reference folder is not here")
    return SHARED


@pytest.fixture(scope="session")
def line_events(shared) -> list[dict[str, Any]]:
    """103 events: every class and message type of LINE's SDK."""
    return json.loads((shared / "line/fixtures/all-events-normalised.json").read_text(encoding="utf-8"))["events"]


@pytest.fixture(scope="session")
def line_template(tmp_path_factory) -> tuple[Path, str]:
    """A database with the five samples, an agency without anything, and the key it belongs to."""
    folder, key = tmp_path_factory.mktemp("line"), new_key()
    core = make_core(folder, key)
    migrate(core.database)
    for name in samples.NAMES:
        enrol.add_agency(core, enrol.NewAgency(name, samples.load(name).office.name.th, f"secret-{name}", sample=name))
    bare = enrol.NewAgency(
        "bare", "เทศบาลตำบลว่างเปล่า", "secret-bare", phone="0-2000-0000", hours="ทุกวัน", particle="ครับ"
    )
    enrol.add_agency(core, bare)
    core.database.close()
    return folder, key


@pytest.fixture(scope="session")
def copied_core(line_template, tmp_path_factory) -> Callable[[], Core]:
    """Makes a core on a copy of that database."""
    source, key = line_template

    def make() -> Core:
        folder = tmp_path_factory.mktemp("copy")
        shutil.copy(source / "itabot.db", folder / "itabot.db")
        return make_core(folder, key)

    return make


@pytest.fixture(scope="session")
def signature() -> Callable[[str, bytes], str]:
    """LINE's signature as its documentation describes it, worked out without the product's code."""

    def sign(secret: str, body: bytes) -> str:
        return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode("ascii")

    return sign


@pytest.fixture
def edge(copied_core, signature) -> Iterator[Edge]:
    """The web process of an installation of the test's own."""
    opened = Edge(copied_core(), signature)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def steady_edge(copied_core, signature) -> Iterator[Edge]:
    """One installation for many bodies that must change nothing."""
    opened = Edge(copied_core(), signature)
    yield opened
    opened.close()
