"""What a host does with the Procfile and a hosted PostgreSQL: release, then web and worker, and a person who writes."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.simulator.client import Desk
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.storage.sealing import new_key
from tests import postgres
from tests.journeys.running import ROOT, STOP_S
from tests.ports import free_port

SLUG, PERSON = "north", "U" + "a" * 32
PORT_SEEN_S = 60


def lines() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


@pytest.fixture
def host(tmp_path):
    """The environment that a host gives: its address of the database begins with postgres://."""
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    cluster = postgres.cluster()
    database = cluster.new_database()
    port = free_port()
    agency = Agency(
        SLUG, "หน่วยงาน", f"http://127.0.0.1:{port}/line/{SLUG}/webhook", "secret", "", "U" + "b" * 32, channel_id="1"
    )
    with ExitStack() as ended:
        desk = DeskServer(Config(tmp_path / "record.jsonl", (agency,))).start()
        ended.callback(desk.close)
        ended.callback(cluster.drop, database)
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("ITABOT_", "LINE_", "DATABASE_URL"))}
        yield desk, {
            **clean, "PATH": f"{Path(sys.executable).parent}:{clean['PATH']}", "PORT": str(port),
            "DATABASE_URL": cluster.url(database).replace("postgresql://", "postgres://"),
            "ITABOT_KEYS": new_key(), "ITABOT_VAR": str(tmp_path / "var"), "LINE_API_HOST": desk.url,
        }  # fmt: skip


def run(command: str, environment: dict[str, str]) -> str:
    ran = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def wait_for(url: str) -> None:
    until = time.monotonic() + PORT_SEEN_S
    while True:
        try:
            with urlopen(url, timeout=10):
                return
        except OSError:
            assert time.monotonic() < until, url
            time.sleep(0.1)


def test_release_web_and_worker_run_as_they_stand(host, tmp_path):
    desk, environment = host
    assert "brought up to date" in run(lines()["release"], environment)
    run(
        f"itabot agency add {SLUG} --name หน่วยงาน --channel-secret secret --channel-id 1 --sample thaimueang",
        environment,
    )
    with ExitStack() as running:
        processes = []
        for name in ("web", "worker"):
            log = running.enter_context((tmp_path / f"{name}.log").open("w"))
            process = subprocess.Popen(["sh", "-c", f"exec {lines()[name]}"], cwd=ROOT, env=environment, stderr=log)
            running.callback(process.kill)
            processes.append(process)
        wait_for(f"http://127.0.0.1:{environment['PORT']}/readyz")
        client = Desk(desk.url)
        said = client.say(SLUG, PERSON, "ปีนี้เราได้เกรดอะไร")
        client.wait_for_reply(SLUG, PERSON, said["n"])
        answers = [item["message"] for item in client.chat(SLUG, PERSON, said["n"])["items"] if item["from"] == "bot"]
        assert "94.97" in json.dumps(answers, ensure_ascii=False)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(STOP_S) for process in processes] == [0, 0]
