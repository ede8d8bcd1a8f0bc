"""Exit 0, 1 where something was refused, 2 for wrong use; one sentence, never a traceback."""

import json
import select
import subprocess
import sys

import pytest

from bot.settings import Settings
from bot.storage.sealing import KeyRing, new_key
from bot.wiring import Core

USER = "U" + "a" * 32
AGENCY = ("--name", "อบต.ใต้", "--channel-secret", "s")
MEMBER = ("--line-user-id", USER, "--name", "สมศรี", "--role", "staff")


def sentences(process):
    assert "Traceback" not in process.stderr, process.stderr
    return process.stderr.strip().splitlines()


def refused(process, status, *words):
    """Left with `status` and one sentence that has `words`."""
    assert process.returncode == status, process
    assert process.stdout == ""
    (sentence,) = sentences(process)
    assert all(word in sentence for word in words), sentence


def agency_of(shell, slug):
    core = Core(Settings.read(shell.environment))
    with core.database.reading() as connection:
        found = core.agencies.by_slug(connection, slug), len(core.agencies.all(connection))
    core.database.close()
    return found


def test_keys_new_prints_a_key_that_seals(shell):
    ring = KeyRing([shell.itabot("keys", "new", ITABOT_KEYS=None).stdout.strip()])
    assert ring.open(ring.seal(b"x")) == b"x"


@pytest.mark.parametrize("command", [
    ("serve",), ("worker",), ("web",), ("agency", "add", "south", *AGENCY), ("member", "add", "south", *MEMBER),
], ids=lambda command: command[0])  # fmt: skip
def test_without_keys_nothing_starts_and_nothing_is_stored(shell, command):
    refused(
        shell.itabot(*command, ITABOT_KEYS=None),
        2,
        "ITABOT_KEYS",
        "if a key was made before, use that",
        "itabot keys new",
    )
    assert not (shell.folder / "var" / "itabot.db").exists()


def test_a_bad_key_is_named(shell):
    refused(shell.itabot("agency", "add", "south", *AGENCY, ITABOT_KEYS="short"), 2, "ITABOT_KEYS", "32")


def test_a_bad_key_of_receivers_is_named_too_and_one_key_is_not_for_both(shell):
    add = ("agency", "add", "south", *AGENCY)
    refused(shell.itabot(*add, ITABOT_SEALED_KEYS="short"), 2, "ITABOT_SEALED_KEYS", "32")
    same = shell.environment["ITABOT_KEYS"]
    refused(shell.itabot(*add, ITABOT_SEALED_KEYS=same), 2, "ITABOT_SEALED_KEYS", "itabot keys new")


def test_every_fault_of_the_environment_is_told_at_once(shell):
    bad = shell.itabot(
        "migrate", PORT="many", ITABOT_TIMEZONE="Siam", DATABASE_URL="mysql://x", LINE_API_HOST="ftp://x"
    )
    assert bad.returncode == 2
    told = sentences(bad)
    assert len(told) == 4
    for name in ("PORT", "ITABOT_TIMEZONE", "DATABASE_URL", "LINE_API_HOST"):
        assert sum(name in one for one in told) == 1


def test_migrate_brings_an_empty_file_up_to_date_once_and_needs_no_keys(shell):
    first, second = (shell.itabot("migrate", ITABOT_KEYS=None) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert (first.stdout, second.stdout) == ("the database was brought up to date\n", "the database is up to date\n")
    assert first.stderr == second.stderr == ""


def test_a_file_that_is_no_database_is_refused_in_a_sentence(shell):
    (shell.folder / "var").mkdir()
    (shell.folder / "var" / "itabot.db").write_text("a letter to the mayor, not a database\n" * 40)
    refused(shell.itabot("migrate"), 1, "database")


def test_an_agency_that_is_added_again_is_changed(office):
    again = office.itabot(
        "agency", "add", "north", "--name", "เทศบาลเหนือ", "--channel-secret", "s2", "--particle", "ครับ"
    )
    assert again.returncode == 0
    agency, how_many = agency_of(office, "north")
    assert how_many == 1
    assert (agency.office.name.th, agency.channel_secret, agency.office.particle) == ("เทศบาลเหนือ", "s2", "ครับ")


def test_what_is_not_named_again_stays_as_it_was(office):
    office.itabot(
        "agency", "add", "kept", "--name", "เทศบาล", "--channel-secret", "s", "--access-token", "t", "--phone", "0-1"
    )
    office.itabot("agency", "add", "kept", "--name", "เทศบาลใหม่", "--channel-secret", "s2")
    agency, _ = agency_of(office, "kept")
    assert (agency.access_token, agency.office.phone, agency.office.name.th) == ("t", "0-1", "เทศบาลใหม่")


def test_an_empty_secret_is_refused(office):
    refused(office.itabot("agency", "add", "open", "--name", "ก", "--channel-secret", " "), 1, "secret")


def test_secrets_come_from_standard_input_without_the_blanks_around_them(office):
    added = office.itabot(
        "agency",
        "add",
        "spoken",
        "--name",
        " เทศบาล ",
        "--channel-secret",
        "-",
        "--access-token",
        "-",
        says=" s3 \r\nt3\n",
    )
    assert (added.returncode, added.stderr) == (0, "")
    agency, _ = agency_of(office, "spoken")
    assert (agency.channel_secret, agency.access_token, agency.office.name.th) == ("s3", "t3", "เทศบาล")


def test_without_a_secret_a_known_agency_keeps_its_own_and_a_new_one_is_refused(office):
    refused(office.itabot("agency", "add", "later", "--name", "ก"), 1, "--channel-secret")
    office.itabot("agency", "add", "later", "--name", "ก", "--channel-secret", "s4")
    assert office.itabot("agency", "add", "later", "--name", "ข").returncode == 0
    agency, _ = agency_of(office, "later")
    assert (agency.channel_secret, agency.office.name.th) == ("s4", "ข")


@pytest.mark.parametrize(("arguments", "word"), [
    (("--name", "ก", "--channel-secret", "ความลับ"), "channel secret"),
    (("--name", "ก", "--channel-secret", "s\x07"), "channel secret"),
    (("--name", "ก", "--channel-secret", "s", "--access-token", "โทเคน"), "access token"),
    (("--name", " ", "--channel-secret", "s"), "name"),
    (("--name", "ก" * 201, "--channel-secret", "s"), "name"),
], ids=["thai", "bell", "token", "no name", "long name"])  # fmt: skip
def test_what_no_console_shows_is_refused_and_not_repeated(office, arguments, word):
    added = office.itabot("agency", "add", "odd", *arguments)
    refused(added, 1, word)
    assert "ความลับ" not in added.stderr
    assert "โทเคน" not in added.stderr


def test_a_name_may_be_as_long_as_the_longest(office):
    assert office.itabot("agency", "add", "long", "--name", "ก" * 200, "--channel-secret", "s").returncode == 0


def test_a_secret_that_is_no_text_at_all_is_refused(office):
    command = [sys.executable, "-m", "bot", "agency", "add", "odd", "--name", "x", "--channel-secret", "-"]
    ran = subprocess.run(command, env=office.environment, input=b"\xff\xfe\n", capture_output=True, check=False)
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


def test_a_member_is_enrolled_and_then_changed(office):
    assert office.itabot("member", "add", "north", *MEMBER, "--role", "admin").stdout == "north: staff, admin\n"
    assert office.itabot("member", "add", "north", *MEMBER).stdout == "north: staff\n"


@pytest.mark.parametrize(("arguments", "word"), [
    (("agency", "add", "Bad Slug", *AGENCY), "Bad Slug"),
    (("member", "add", "nowhere", *MEMBER), "nowhere"),
    (("member", "add", "north", "--line-user-id", "me", "--name", "ก", "--role", "staff"), "me"),
], ids=["slug", "agency", "user id"])  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence(office, arguments, word):
    refused(office.itabot(*arguments), 1, word)


def test_the_keys_of_another_installation_are_refused_in_one_sentence(office):
    refused(office.itabot("member", "add", "north", *MEMBER, ITABOT_KEYS=new_key()), 1, "key", "first day")


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(shell):
    (shell.folder / "file").touch()
    refused(shell.itabot("migrate", ITABOT_VAR=str(shell.folder / "file" / "var")), 1, "file")


@pytest.mark.parametrize("arguments", [(), ("dance",), ("understand",)], ids=str)
def test_wrong_use_is_told_apart(shell, arguments):
    process = shell.itabot(*arguments)
    assert process.returncode == 2
    assert "usage: itabot" in process.stderr
    assert "Traceback" not in process.stderr


def test_understand_answers_line_for_line_blank_ones_too(shell):
    said = ["ปีนี้เราได้เกรดอะไร", "", "   ", "แจ้งไฟดับ\r", "😀", "English please"]
    process = shell.itabot(
        "understand", "--json", "--today", "2026-11-21", says="\n".join(said) + "\n", ITABOT_KEYS=None
    )
    assert (process.returncode, process.stderr) == (0, "")
    readings = [json.loads(line) for line in process.stdout.splitlines()]
    assert len(readings) == len(said)
    assert all({"intent", "values", "confidence", "others"} <= reading.keys() for reading in readings)
    intents = [reading["intent"] for reading in readings]
    assert (intents[0], intents[1], intents[2], intents[5]) == (
        "ask_score",
        "out_of_scope",
        "out_of_scope",
        "change_language",
    )


def test_understand_answers_each_line_before_the_next_is_said_and_counts_years_from_its_day(shell):
    """Last year, on 21 November 2025, is fiscal year 2568: the year 2569 has begun in October."""
    command = [sys.executable, "-m", "bot", "understand", "--json", "--today", "2025-11-21"]
    with subprocess.Popen(command, env=shell.environment, stdin=-1, stdout=-1, encoding="utf-8", bufsize=1) as process:
        for _ in range(2):
            process.stdin.write("คะแนนปีที่แล้ว\n")
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 30)[0]
            assert json.loads(process.stdout.readline())["values"]["year"] == 2568
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_day_that_is_none_is_named_in_plain_words(shell):
    process = shell.itabot("understand", "--json", "--today", "พรุ่งนี้")
    assert process.returncode == 2
    assert "fromisoformat" not in process.stderr
