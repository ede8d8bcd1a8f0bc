"""`/readyz` says whether an event could be kept now, and why not."""

import resource
from contextlib import closing, contextmanager

import pytest
from sqlalchemy.engine import make_url

from bot.pages import KEPT_S, Readiness
from bot.storage.schema import HEAD
from bot.storage.sqlite import SqliteDatabase
from bot.wiring import web
from tests.storage.conftest import make_core


@pytest.fixture
def ask(house):
    """Asks a web process of its own."""
    app = web(house.core.settings)

    def asked():
        answer = app.test_client().get("/readyz")
        return answer.status_code, answer.text

    with closing(app.extensions["core"].database):
        yield asked


def test_a_database_that_is_up_to_date_and_takes_a_write_is_ready(ask):
    assert ask() == (200, "ready\n")


@contextmanager
def no_room():
    """No file of this process may grow, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def nothing_may_be_written(house):
    """As on a server that stands by for another, or whose disk is full."""
    name = make_url(house.core.settings.database_url).database
    house.change(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        yield
    finally:
        house.change(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def test_a_database_that_can_be_read_and_not_written_is_not_ready_and_the_reason_is_told(house, ask, engine):
    with no_room() if engine == "sqlite" else nothing_may_be_written(house):
        status, told = ask()
    assert status == 503
    assert told.startswith("not ready: ")
    assert ("SQLITE_" if engine == "sqlite" else "25006") in told


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_disk_that_is_nearly_full_is_told_before_it_is_full(house):
    class Wanting(SqliteDatabase):
        least_free = 2**62

    with closing(Wanting(house.core.settings.database_url)) as database:
        assert "MB are free" in Readiness(database).why_not()
    with closing(SqliteDatabase(house.core.settings.database_url)) as database:
        assert Readiness(database).why_not() == ""


def test_a_database_without_tables_is_not_ready(tmp_path, template):
    core = make_core(tmp_path, template[1])
    with closing(core.database):
        assert Readiness(core.database).why_not() == "the database is not up to date"


def test_a_database_of_a_newer_release_is_not_ready(house, ask):
    house.change("UPDATE alembic_version SET version_num = '9001'")
    try:
        status, told = ask()
    finally:
        house.change("UPDATE alembic_version SET version_num = :head", head=HEAD)
    assert (status, "newer release" in told) == (503, True)


def test_what_was_found_is_told_again_for_some_seconds(house):
    """A watcher that asks all the time costs one write every few seconds."""
    now = [100.0]
    readiness = Readiness(house.core.database, lambda: now[0])
    assert readiness.why_not() == ""
    house.change("UPDATE alembic_version SET version_num = '0001'")
    try:
        now[0] += KEPT_S - 0.1
        assert readiness.why_not() == ""
        now[0] += 0.2
        assert readiness.why_not() == "the database is not up to date"
    finally:
        house.change("UPDATE alembic_version SET version_num = :head", head=HEAD)
    now[0] += KEPT_S
    assert readiness.why_not() == ""
