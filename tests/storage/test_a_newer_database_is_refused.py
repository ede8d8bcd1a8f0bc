"""Whoever goes back to an older release must not let it write into tables that it does not know."""

import json
import os
import subprocess
import sys

import pytest

from bot.doctor import Result, house
from bot.storage.schema import HEAD, NewerDatabase, migrate, refuse_newer
from tests.ports import free_port

SENTENCE = "this database belongs to a newer release (9999; this one knows up to {}): start the newer one"


@pytest.fixture
def newer(house):
    house.change("UPDATE alembic_version SET version_num = '9999'")
    yield house
    house.change("UPDATE alembic_version SET version_num = :head", head=HEAD)  # the server's database is everyone's


@pytest.fixture
def sentence():
    return SENTENCE.format(HEAD)


def start(house, *command):
    settings = house.core.settings
    own = {"DATABASE_URL": settings.database_url, "ITABOT_KEYS": settings.keys[0], "ITABOT_VAR": str(settings.var)}
    environment = {"PATH": os.environ["PATH"], "PORT": str(free_port()), "ITABOT_EVIDENCE_SHARED": "1", **own}
    return subprocess.run(
        [sys.executable, "-m", *command], env=environment, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.mark.parametrize("command", ["migrate", "agency"])
def test_a_command_says_so_in_one_sentence(newer, sentence, command):
    arguments = {"migrate": (), "agency": ("add", "south", "--name", "x", "--channel-secret", "s")}[command]
    ran = start(newer, "bot", command, *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", f"itabot: {sentence}\n")


@pytest.mark.parametrize("command", ["worker", "web", "serve"])
def test_a_service_says_so_in_one_line_of_its_log(newer, sentence, command):
    ran = start(newer, "bot", command)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert json.loads(line)["says"] == sentence


def test_the_web_process_of_gunicorn_refuses_by_itself(newer, sentence):
    ran = start(newer, "gunicorn", "bot.wsgi:app", "--bind", "127.0.0.1:0", "--no-control-socket")
    assert ran.returncode == 3
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_doctor_says_the_same(newer, sentence):
    (found,) = [one for one in house.database(newer.core) if one.check == "migrations"]
    assert (found.result, found.says) == (Result.FAIL, sentence)
    assert "itabot migrate" not in found.do


def test_nothing_is_changed(newer):
    for act in (migrate, refuse_newer):
        with pytest.raises(NewerDatabase):
            act(newer.core.database)
    assert newer.value("SELECT version_num FROM alembic_version") == "9999"
