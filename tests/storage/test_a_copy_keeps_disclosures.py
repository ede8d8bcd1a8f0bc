"""What was disclosed comes back from a copy: for its receivers, and under its code, in the box too."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.backup import backup, restore
from bot.wiring import Core
from itadomain.integrity.disclosure import More
from tests.storage.disclosing_agency import TODAY, TOLD, Telling

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_a_copy_that_is_put_back_opens_as_before(house, tmp_path):
    north = Telling(house)
    disclosure_id, code = north.told()
    waiting = north.tell()
    north.step(lambda s: s.disclosures.put_more(code, More("อีก")))
    copy, place = tmp_path / "copy.db", tmp_path / "restored" / "itabot.db"
    place.parent.mkdir()
    backup(house.core.database.file, copy)
    restore(copy, place, lambda _: None, datetime(2026, 11, 21, tzinfo=UTC))
    there = Core(replace(house.core.settings, database_url=f"sqlite:///{place}"))
    try:
        assert north.step(lambda s: s.disclosures.by_code(code).talk[0].words, there) == "อีก"
        assert north.step(lambda s: s.disclosures.get(disclosure_id, "r1").told, there) == TOLD
        assert len(north.step(lambda s: s.disclosures.deliver(TODAY), there)) == 2
        assert north.step(lambda s: s.disclosures.by_code(waiting), there).delivered
        assert not north.step(lambda s: s.disclosures.by_code(waiting)).delivered
    finally:
        there.database.close()
