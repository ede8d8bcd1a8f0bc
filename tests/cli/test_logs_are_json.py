"""What is written to standard error: one JSON object a line, with ids, and without the words of any exception."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.logs import Json, Text, about
from bot.settings import BadSettings, Settings, log_form
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = "purple box"
START_S = 60
KEYS = {"time", "level", "logger", "says", "process", "thread"}


@pytest.fixture(params=[Json, Text])
def told(request):
    """A log of either form, and what was written to it."""
    return request.param(), io.StringIO()


@contextmanager
def logger(formatter, stream):
    own = logging.Logger("a.module")  # noqa: LOG001 - one that no other test and no plugin looks at
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    own.addHandler(handler)
    yield own


def lines_of(write):
    """What the log holds, parsed, after `write` was given it."""
    stream = io.StringIO()
    with logger(Json(), stream) as log:
        write(log)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def failed():
    """An exception that was raised, with a person's words in it."""
    with pytest.raises(ValueError, match=SECRET) as caught:
        int(SECRET)
    return caught.value


def test_a_line_tells_when_where_and_what():
    (line,) = lines_of(lambda log: log.warning("event %s: attempt %s failed", 17, 2))
    assert line.keys() == KEYS
    assert (line["level"], line["logger"], line["says"]) == ("WARNING", "a.module", "event 17: attempt 2 failed")
    assert (line["process"], line["thread"]) == (os.getpid(), threading.current_thread().name)


def test_the_time_has_a_zone_and_milliseconds():
    (line,) = lines_of(lambda log: log.info("up"))
    at = datetime.fromisoformat(line["time"])
    assert at.utcoffset() == timedelta(0)
    assert abs(at.timestamp() - time.time()) < START_S
    assert len(line["time"].partition(".")[2]) == len("123+00:00")


def test_ids_stand_on_every_line_inside_and_on_none_outside():
    def write(log):
        with about(agency=3, event=17):
            log.info("one")
            with about(attempt=2, event=18):
                log.info("two")
            log.info("three")
        log.info("four")

    ids = [{name: line[name] for name in line.keys() - KEYS} for line in lines_of(write)]
    assert ids == [
        {"agency": 3, "event": 17}, {"agency": 3, "event": 18, "attempt": 2}, {"agency": 3, "event": 17}, {},
    ]  # fmt: skip


def test_ids_end_with_an_exception():
    def write(log):
        with pytest.raises(ValueError, match=SECRET), about(event=17):
            raise failed()
        log.info("after")

    assert "event" not in lines_of(write)[0]


def test_ids_of_one_thread_are_not_anothers():
    def write(log):
        with about(event=17):
            other = threading.Thread(target=log.info, args=("another thread",), name="other")
            other.start()
            other.join()

    (line,) = lines_of(write)
    assert line["thread"] == "other"
    assert "event" not in line


def test_a_text_line_has_its_ids_at_the_end():
    stream = io.StringIO()
    with logger(Text(), stream) as log, about(agency=3, event=17):
        log.warning("it is %s", "late")
    assert stream.getvalue().endswith(" WARNING a.module it is late agency=3 event=17\n")


@pytest.mark.parametrize("write", [
    lambda log: log.error("it failed", exc_info=failed()),
    lambda log: log.error(failed()),
    lambda log: log.error("it failed: %s", failed()),
    lambda log: log.error("it failed: %r", failed()),
    lambda log: log.error("it failed: %(how)s", {"how": failed()}),
], ids=["attached", "message", "fact", "repr", "named fact"])  # fmt: skip
def test_an_exception_tells_its_kind_and_place_but_not_its_words(told, write):
    with logger(*told) as log:
        write(log)
    written = told[1].getvalue()
    assert SECRET not in written
    assert f"ValueError at {Path(__file__).name}:" in written
    assert written.count("\n") == 1


def test_a_traceback_that_is_part_of_the_sentence_is_left_out(told):
    error = failed()
    with logger(*told) as log:
        log.warning("Exception during worker exit:\n%s", "".join(traceback.format_exception(error)))
    assert SECRET not in told[1].getvalue()
    assert "Exception during worker exit:" in told[1].getvalue()


@pytest.mark.parametrize("facts", [(), (1,), (1, 2, 3), ({"a": 1},)], ids=str)
def test_a_line_whose_facts_do_not_fit_is_not_lost(facts):
    (line,) = lines_of(lambda log: log.error("%s of %d", *facts))
    assert line["says"] == "%s of %d"


@pytest.mark.parametrize("said", ["a\rb", "a\u2028b", "a\x85b", "\ud83d", "ก", '"\\', "\x00\x1b[31m"], ids=ascii)
def test_whatever_is_said_the_line_is_one_line_in_any_encoding(said):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
    with logger(Json(), stream) as log:
        log.info("«%s»", said)
    stream.seek(0)
    written = stream.read()
    assert len(written.splitlines()) == 1
    assert json.loads(written)["says"] == f"«{said}»"


def test_the_form_is_text_for_a_terminal_and_json_for_a_collector():
    assert [log_form({"ITABOT_LOG": form}) for form in ("json", "text")] == ["json", "text"]
    source = "from bot.settings import log_form; print(log_form({}), log_form({'ITABOT_LOG': ''}))"
    reader, terminal = os.openpty()
    try:
        for stderr, form in ((terminal, "text"), (subprocess.DEVNULL, "json")):
            ran = subprocess.run(
                [sys.executable, "-c", source], cwd=ROOT, stdout=-1, stderr=stderr, text=True, check=True
            )
            assert ran.stdout.split() == [form, form]
    finally:
        os.close(reader)
        os.close(terminal)


def test_another_form_is_a_fault_of_the_settings():
    with pytest.raises(BadSettings) as bad:
        Settings.read({"ITABOT_LOG": "loud", "PORT": "x"})
    assert sorted(fault.split()[0] for fault in bad.value.faults) == ["ITABOT_LOG", "PORT"]


CHILD = """
import logging, threading, warnings
from bot import logs

logs.set_up("json")
logs.set_up("json")  # as gunicorn's worker does after the process it was forked from

class Unable:
    def __del__(self):
        raise LookupError("purple box")

def fail():
    raise KeyError("purple box")

def leave():
    raise SystemExit

for name in ("a", "alembic", "sqlalchemy.pool", "urllib3"):
    logging.getLogger(name).error("tried")
logging.getLogger("alembic").info("every step of a migration")
logging.info("%d", Unable)  # wrong use, and the class is no number
with logs.about(event=Unable):  # wrong use that costs the line, but shows nothing
    logging.info("%s", "purple box")
warnings.warn("old", DeprecationWarning, stacklevel=1)
Unable()
for target in (fail, leave):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
raise RuntimeError("purple box")
"""


def test_what_nobody_catches_is_a_line_without_words():
    command = [sys.executable, "-W", "always", "-c", CHILD]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert SECRET not in ran.stderr
    assert ran.returncode == 1
    assert [line["logger"] for line in lines] == [
        "a", "alembic", "sqlalchemy.pool", "urllib3", "root", "py.warnings", "bot.logs", "bot.logs", "bot.logs",
    ]  # fmt: skip
    assert [line["says"].partition(" at ")[0] for line in lines[-3:]] == [
        "not caught: LookupError", "not caught: KeyError", "not caught: RuntimeError",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_a_service_that_cannot_start_says_so_in_json(shell, command):
    (shell.folder / "var").mkdir()
    (shell.folder / "var" / "itabot.db").write_text("a letter to the mayor, not a database\n" * 40)
    process = shell.itabot(command)
    assert process.returncode == 1
    (line,) = [json.loads(line) for line in process.stderr.splitlines()]
    assert line["level"] == "CRITICAL"
    assert "the database cannot be used" in line["says"]


def test_a_service_tells_a_wrong_form_in_json_too(shell):
    process = shell.itabot("web", ITABOT_LOG="loud")
    assert process.returncode == 2
    (line,) = [json.loads(line) for line in process.stderr.splitlines()]
    assert "ITABOT_LOG" in line["says"]


@pytest.mark.parametrize(("command", "form"), [("migrate", "json"), ("web", "text")])
def test_a_person_is_told_in_a_sentence(shell, command, form):
    process = shell.itabot(command, ITABOT_LOG=form, PORT="many")
    assert process.stderr.startswith("itabot: PORT is «many»")


@contextmanager
def web_of_the_procfile(shell, **environment):
    """The Procfile's own line, as a host runs it; gives its process and its port."""
    port = free_port()
    command = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web: "))
    path = f"{Path(sys.executable).parent}:{shell.environment['PATH']}"
    here = {"PATH": path, "PORT": str(port), "WEB_CONCURRENCY": "1", "HOME": str(shell.folder)}
    with subprocess.Popen(
        ["sh", "-c", "exec " + command.removeprefix("web: ")], cwd=ROOT, stderr=subprocess.PIPE, text=True,
        env={**shell.environment, **here, **environment},
    ) as process:  # fmt: skip
        try:
            yield process, port
        finally:
            process.kill()


def booted(process):
    """The lines up to the worker's start."""
    lines = []
    for written in process.stderr:
        lines.append(json.loads(written))
        if lines[-1]["says"].startswith("Booting worker"):
            return lines
    raise AssertionError(lines)


def test_the_procfiles_web_process_speaks_json_from_its_first_line_to_its_last(shell):
    """Without a table a webhook fails; neither the words of the exception nor the address are told."""
    with web_of_the_procfile(shell) as (process, port):
        lines = booted(process)
        webhook = Request(f"http://127.0.0.1:{port}/line/north/webhook", b"{}", {"X-Line-Signature": "-"})
        with pytest.raises(HTTPError, match="500"):
            urlopen(webhook, timeout=START_S)
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=START_S)[1]
    lines += [json.loads(line) for line in rest.splitlines()]
    assert all(line.keys() >= KEYS for line in lines)
    assert {line["process"] for line in lines} > {process.pid}
    assert lines[0]["says"].startswith("Starting gunicorn")
    (fault,) = [line for line in lines if line["level"] == "ERROR"]
    assert fault["says"].partition(" at ")[0] == "a page failed: OperationalError SQLITE_ERROR"
    assert not [words for words in ("no such table", "webhook") if words in rest]


def test_the_procfiles_web_process_stops_where_its_settings_are_wrong(shell):
    with web_of_the_procfile(shell, ITABOT_TIMEZONE="Siam", ITABOT_LEASE_MS="0") as (process, _):
        written = process.communicate(timeout=START_S)[1]
    lines = [json.loads(line) for line in written.splitlines()]
    told = [line["says"].split()[0] for line in lines if line["logger"] == "bot.wsgi"]
    assert sorted(told) == ["ITABOT_LEASE_MS", "ITABOT_TIMEZONE"]
    assert process.returncode == 3
