"""`member invite` and `agency add --account` as processes: the code, the link, the picture of it; and what is refused."""

import re

import pytest

from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.invitations import code_in
from itadomain.people import Role

AGENCY = ("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
MAYOR = "U" + "a" * 32


@pytest.fixture
def town(shell):
    assert shell.itabot(*AGENCY).returncode == 0
    return shell


def stored(shell, look):
    core = Core(Settings.read(shell.environment))
    agency = core.channels.by_slug("north")
    with core.database.reading(of=agency.id) as connection:
        found = look(AgencyStore(connection, agency, core.ring))
    core.database.close()
    return found


def test_a_code_is_told_once_and_opens_for_its_unit_and_role(town):
    ran = town.itabot("member", "invite", "north", "--unit", "กองคลัง", "--role", "head")
    assert (ran.returncode, ran.stderr) == (0, "")
    first, made, hint, *drawn = ran.stdout.splitlines()
    code = code_in(first)
    assert "made the unit «กองคลัง»" in made
    assert "--account" in hint
    assert len(drawn) > 10
    found = stored(town, lambda store: store.invitations.by_code(code))
    assert (found.role, found.used_on, found.made_by) == (Role.HEAD, None, "")
    assert stored(town, lambda store: store.units.get(found.unit)).name == "กองคลัง"


def test_a_unit_that_is_there_is_found_however_it_is_spelled(town):
    for unit in ("กองคลัง", "กอง คลัง"):
        ran = town.itabot("member", "invite", "north", "--unit", unit, "--role", "staff")
    assert "made the unit" not in ran.stdout
    assert len(stored(town, lambda store: store.units.all())) == 1


@pytest.mark.parametrize(("name", "begins"), [("code.png", b"\x89PNG"), ("code.svg", b"<?xml")])
def test_the_code_is_drawn_into_a_file_with_the_link_to_the_chat(town, name, begins):
    assert town.itabot(*AGENCY, "--account", "@bangsommut").returncode == 0
    picture = town.folder / name
    ran = town.itabot("member", "invite", "north", "--role", "staff", "--qr", str(picture))
    assert picture.read_bytes().startswith(begins)
    code = code_in(ran.stdout)
    assert f"https://line.me/R/oaMessage/%40bangsommut/?{code[:4]}-{code[4:]}" in ran.stdout.splitlines()


@pytest.mark.parametrize(("arguments", "status", "told"), [
    (["nowhere", "--role", "staff"], 1, "no agency"),
    (["north", "--role", "staff", "--qr", "code.bmp"], 2, ".png"),
    (["north"], 2, "--role"),
    (["north", "--role", "mayor"], 2, "mayor"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_makes_no_code(town, arguments, status, told):
    ran = town.itabot("member", "invite", *arguments)
    assert (ran.returncode, ran.stdout) == (status, "")
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("account", ["bangsommut", "@a b", "@" + "a" * 40])
def test_an_account_that_is_none_is_refused(town, account):
    ran = town.itabot(*AGENCY, "--account", account)
    assert ran.returncode == 1
    assert "begins with @" in ran.stderr


def test_the_last_administrator_is_not_removed_and_nothing_forces_it(town):
    member = ("--line-user-id", MAYOR)
    town.itabot("member", "add", "north", *member, "--name", "นายก", "--role", "admin")
    for how in ((), ("--forget",)):
        ran = town.itabot("member", "remove", "north", *member, *how)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert "ต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคนเสมอ" in ran.stderr
    town.itabot("member", "add", "north", "--line-user-id", "U" + "b" * 32, "--name", "รอง", "--role", "admin")
    assert town.itabot("member", "remove", "north", *member).stdout == "north: no roles any more\n"


def test_a_member_is_put_into_a_unit_which_is_made_once(town):
    add = (
        "member",
        "add",
        "north",
        "--line-user-id",
        MAYOR,
        "--name",
        "นายก",
        "--role",
        "executive",
        "--unit",
        "กองคลัง",
    )
    assert re.search("made the unit «กองคลัง»", town.itabot(*add).stdout)
    assert town.itabot(*add).stdout == "north: executive\n"
    assert town.itabot("member", "list", "north").stdout == "นายก  executive  กองคลัง  never wrote\n"


def test_a_changed_role_is_a_new_post_and_the_old_one_stays_in_the_record(town):
    for role in ("staff", "head"):
        town.itabot(
            "member", "add", "north", "--line-user-id", MAYOR, "--name", "นายก", "--role", role, "--unit", "กองคลัง"
        )
    core = Core(Settings.read(town.environment))
    person = stored(town, lambda store: store.people.by_line_id(MAYOR, core.today()))
    assert person.roles == {Role.HEAD}
    assert [(post.role, post.until is None) for post in person.posts] == [(Role.STAFF, False), (Role.HEAD, True)]


def test_a_samples_units_are_there_with_their_other_names(town):
    town.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--sample", "krasang")
    found = stored(town, lambda store: store.units.all())
    assert len(found) == 7
    assert (found[0].secretariat, found[0].name, found[0].aliases) == (True, "สำนักปลัดเทศบาล", ("สำนักปลัดฯ",))
    town.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--sample", "krasang")
    assert [unit.id for unit in stored(town, lambda store: store.units.all())] == [unit.id for unit in found]
