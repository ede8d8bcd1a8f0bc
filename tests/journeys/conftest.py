"""The whole trial as a user starts it, and a real browser in front of it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.running import ROOT, Trial, running_trial


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with running_trial(tmp_path_factory.mktemp("trial") / "var") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    chromium = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("needs Chromium: get it with «apt-get install chromium»")
    fonts = subprocess.run(["fc-list", ":lang=th"], capture_output=True, text=True, check=False).stdout
    if not fonts.strip():
        pytest.skip("needs a Thai font: get it with «apt-get install fonts-noto-core»")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run", "--disable-sync"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, trial: Trial, request: pytest.FixtureRequest) -> Iterator[object]:
    """A fresh page on the desk; a picture of it is kept under var/ where a test fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(trial.desk_url)
    yield opened
    if getattr(request.node, "failed", False):
        pictures = ROOT / "var" / "journeys"
        pictures.mkdir(parents=True, exist_ok=True)
        opened.screenshot(path=pictures / f"{request.node.name}.png", full_page=True)
    context.close()
    assert faults == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report


@pytest.fixture
def as_persona(page) -> Callable[[str, str], object]:
    """Sit down at the desk as someone."""

    def choose(slug: str, role: str):
        page.get_by_test_id(f"agency-{slug}").click()
        page.get_by_test_id(f"persona-{role}").click()
        page.get_by_test_id("bubble-bot").last.wait_for(timeout=30_000)  # the greeting
        return page

    return choose
