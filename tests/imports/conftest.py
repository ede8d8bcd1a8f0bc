"""The five documents where they lie beside the repository, and the programs that print them as PDFs."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.imports import read
from itadomain.documents.shape import Document
from itadomain.refusals import Refusal
from tests.imports import rebuilding

SHARED = Path(__file__).resolve().parents[3] / "shared"
FIVE = ("000", "001", "002", "003", "004")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "source" in metafunc.fixturenames:
        metafunc.parametrize("source", FIVE)


@pytest.fixture
def seed(source: str) -> Document:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the documents are not beside the repository")
    file = next((SHARED / "seeds").glob(f"{source}_*.txt"))
    return read(file.read_bytes(), file.name)


@pytest.fixture
def tables(seed: Document) -> Sequence[rebuilding.Rows]:
    return [table.rows for table in seed.tables]


@pytest.fixture
def printed_measures(source: str) -> Sequence[dict[str, str]]:
    if not (SHARED / "reference").is_dir():
        pytest.skip("the documents are not beside the repository")
    text = (SHARED / "reference" / "seeds_measures.json").read_text(encoding="utf-8")
    return json.loads(text)["documents"][source]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    chromium = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("needs Chromium: get it with «apt-get install chromium»")
    need_thai_font()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def print_by_office(tmp_path: Path) -> Callable[[bytes], bytes]:
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»")
    need_thai_font()
    return lambda document: rebuilding.printed_by_office(document, tmp_path)


def need_thai_font() -> None:
    fonts = subprocess.run(["fc-list", ":lang=th"], capture_output=True, text=True, check=False).stdout
    if not fonts.strip():
        pytest.skip("needs a Thai font: get it with «apt-get install fonts-noto-core»")


@pytest.fixture
def refused() -> Callable[[bytes, str], Refusal]:
    """What is said of a file that is not read."""

    def refusal(data: bytes, name: str) -> Refusal:
        with pytest.raises(Refusal) as said:
            read(data, name)
        return said.value

    return refusal
