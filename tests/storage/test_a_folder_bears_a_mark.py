"""Copies of evidence lie in one folder for all hosts: the first marks it, and a host that has another is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot import doctor
from bot.doctor.finding import Result
from bot.evidence import mark
from bot.evidence.file import FileShelf
from bot.evidence.shelf import name_of
from bot.pages import Readiness
from bot.settings import BadSettings, EvidencePlace
from bot.storage import evidence
from bot.storage.store import AgencyStore
from itadomain.evidence import Copy, Evidence, Kind
from tests.fakes import TODAY
from tests.storage.conftest import House

SHA = "a" * 64
MOST = 1000


@pytest.fixture
def database(house):
    return house.core.database


def place(folder):
    return EvidencePlace(f"file:{folder}", apart="another folder")


def refused(where, database):
    with pytest.raises(BadSettings, match="another folder"):
        mark.vouch(where, database)
    return mark.not_ours(where, database) == "another folder"


def test_the_first_host_marks_its_folder_and_starts_again(tmp_path, database):
    own = place(tmp_path / "own")
    assert mark.not_ours(own, database) == ""
    for _ in range(2):
        mark.vouch(own, database)
    assert (tmp_path / "own" / mark.FILE).stat().st_size == 32
    assert mark.not_ours(own, database) == ""


def test_a_second_host_with_a_folder_of_its_own_is_refused(tmp_path, database):
    mark.vouch(place(tmp_path / "first"), database)
    assert refused(place(tmp_path / "second"), database)
    assert not (tmp_path / "second").exists()


def test_the_folder_of_another_installation_is_refused(tmp_path, database):
    mark.vouch(place(tmp_path / "first"), database)
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / mark.FILE).write_text("somebody else's")
    assert refused(place(tmp_path / "second"), database)


def test_the_same_folder_under_another_name_is_the_same(tmp_path, database):
    mark.vouch(place(tmp_path / "first"), database)
    (tmp_path / "first").rename(tmp_path / "moved")
    mark.vouch(place(tmp_path / "moved"), database)


def test_what_is_said_to_be_shared_is_not_looked_at(tmp_path, database):
    mark.vouch(place(tmp_path / "first"), database)
    mark.vouch(EvidencePlace(f"file:{tmp_path / 'second'}"), database)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_of_two_hosts_that_start_at_once_one_is_refused(tmp_path, database):
    def start(name):
        try:
            mark.vouch(place(tmp_path / name), database)
        except BadSettings:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(start, ["one", "two"] * 2))
    assert sorted(started) == [False, False, True, True]
    assert started[:2] == started[2:]  # each host's processes agree


def keep_a_copy(house: House, shelf: FileShelf):
    """A copy of a release that knew no marks."""
    agency, core = house.add_agency("north"), house.core
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        store.evidence.save(Evidence("e1", "p1", Kind.FILE, TODAY))
    core.database.write(store.apply, of=agency)
    copy = Copy(SHA, 3, "application/pdf")
    core.database.write(lambda c: evidence.register(c, agency, "e1", copy, MOST), of=agency)
    with shelf.scratch() as folder:
        (folder / "x").write_bytes(b"pdf")
        shelf.put(name_of(agency, SHA), folder / "x")


def test_where_there_were_copies_before_marks_a_bare_folder_is_refused_and_theirs_is_not(tmp_path, house, database):
    keep_a_copy(house, FileShelf(tmp_path / "right"))
    assert mark.not_ours(place(tmp_path / "bare"), database) == ""
    with pytest.raises(BadSettings):
        mark.vouch(place(tmp_path / "bare"), database)
    mark.vouch(place(tmp_path / "right"), database)


def test_a_folder_that_cannot_be_read_is_told_of_as_what_it_is(tmp_path, house, database):
    mark.vouch(place(tmp_path / "first"), database)
    (tmp_path / "file").write_text("in the folder's place")
    second = EvidencePlace(f"file:{tmp_path / 'file'}", apart="another folder")
    core = replace(house.core, settings=replace(house.core.settings, evidence=second))
    assert f"{tmp_path / 'file'} cannot be written to" in [one.says for one in doctor.evidence.shelf(core)]
    core.database.close()


def test_readiness_and_the_doctor_say_so(tmp_path, house, database):
    mark.vouch(place(tmp_path / "first"), database)
    second = place(tmp_path / "second")
    assert Readiness(database, copies=lambda: mark.not_ours(second, database)).why_not() == "another folder"
    core = replace(house.core, settings=replace(house.core.settings, evidence=second))
    found = {one.says: one.result for one in doctor.evidence.shelf(core)}
    assert found == {"another folder": Result.FAIL}
    core.database.close()
