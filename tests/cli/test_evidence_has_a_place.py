"""Where copies of evidence lie, and where a service does not start since they would get lost."""

import pytest

from bot.settings import BadSettings, EvidencePlace, Settings
from bot.wiring import Core, serving

POSTGRES = "postgresql://itabot@db.example.org/itabot"


def place(**environment):
    return Settings.read({"ITABOT_VAR": "/srv/ita", **environment}).evidence


def test_it_is_a_folder_beside_the_database_unless_something_is_said():
    assert place() == place(ITABOT_EVIDENCE="") == EvidencePlace("file:/srv/ita/evidence", 5120)


@pytest.mark.parametrize(("said", "where"), [
    ("file:/data/evidence/", "file:/data/evidence"), ("s3:copies", "s3:copies"), ("s3:copies/north/", "s3:copies/north"),
])  # fmt: skip
def test_what_is_named_is_taken(said, where):
    assert place(ITABOT_EVIDENCE=said, ITABOT_EVIDENCE_QUOTA_MB="7") == EvidencePlace(where, 7)


@pytest.mark.parametrize("said", ["ftp:x", "file:", "s3:", "s3:/", "/data/evidence", "evidence"])
def test_what_is_no_place_is_a_fault(said):
    with pytest.raises(BadSettings, match="ITABOT_EVIDENCE"):
        place(ITABOT_EVIDENCE=said)


@pytest.mark.parametrize("said", ["http://bot.example.go.th", "bot.example.go.th"])
def test_a_public_address_is_https(said):
    with pytest.raises(BadSettings, match="ITABOT_PUBLIC_URL"):
        Settings.read({"ITABOT_PUBLIC_URL": said})
    assert Settings.read({"ITABOT_PUBLIC_URL": "https://bot.example.go.th/"}).public_url == "https://bot.example.go.th"


LOST = {
    "the disk is gone tomorrow": {"DYNO": "web.1"},
    "the same elsewhere": {"K_SERVICE": "itabot"},
}


@pytest.mark.parametrize("why", LOST)
def test_a_folder_that_is_not_there_for_all_and_for_good_is_no_place(why, tmp_path):
    settings = Settings.read({"ITABOT_VAR": str(tmp_path), **LOST[why]})
    with pytest.raises(BadSettings, match="ITABOT_EVIDENCE_SHARED=1"):
        serving(settings)
    for better in ({"ITABOT_EVIDENCE": "s3:copies"}, {"ITABOT_EVIDENCE_SHARED": "1"}):
        assert isinstance(serving(Settings.read({"ITABOT_VAR": str(tmp_path), **LOST[why], **better})), Core)


@pytest.mark.parametrize("url", [POSTGRES, "postgres://itabot@db/itabot"])
@pytest.mark.parametrize("folder", [{}, {"ITABOT_EVIDENCE": "file:/data"}])
def test_with_a_server_a_folder_has_to_be_that_of_the_first_host(url, folder):
    asked = {"DATABASE_URL": url, **folder}
    assert "ITABOT_EVIDENCE_SHARED=1" in Settings.read(asked).evidence.apart
    for settled in ({"ITABOT_EVIDENCE": "s3:copies"}, {"ITABOT_EVIDENCE_SHARED": "1"}):
        assert not Settings.read({**asked, **settled}).evidence.apart
    assert not Settings.read(folder).evidence.apart


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_a_service_says_so_in_one_line_and_does_not_start(shell, command):
    said = shell.itabot(command, DYNO="web.1")
    assert said.returncode == 2
    assert said.stderr.count("\n") == 1
    assert "ITABOT_EVIDENCE_SHARED=1" in said.stderr


def test_other_commands_need_no_place(shell):
    assert shell.itabot("migrate", DYNO="web.1").returncode == 0


def test_a_backup_says_where_evidence_lies(shell, tmp_path):
    shell.itabot("migrate")
    said = shell.itabot("backup", str(tmp_path / "copy.db"), ITABOT_EVIDENCE="s3:copies/north")
    assert (said.returncode, "s3:copies/north" in said.stderr) == (0, True)
