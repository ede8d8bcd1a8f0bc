"""The understanding that the shipped phrase files make."""

from pathlib import Path

import pytest

from bot.nlu import Understanding, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    return load(ROOT / "locales")
