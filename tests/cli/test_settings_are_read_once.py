import dataclasses
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import LINE_API, LINE_DATA_API, BadSettings, Settings

NUMBERS = (
    "PORT", "ITABOT_WEB_WORKERS", "ITABOT_WEB_THREADS", "ITABOT_TURN_THREADS", "ITABOT_SEND_THREADS", "ITABOT_LEASE_MS",
    "ITABOT_MOST_ATTEMPTS", "ITABOT_REPLY_TOKEN_MS", "ITABOT_TASK_THREADS", "ITABOT_EVIDENCE_QUOTA_MB",
)  # fmt: skip


def faults(**environment):
    with pytest.raises(BadSettings) as bad:
        Settings.read(environment)
    return bad.value.faults


def test_an_empty_environment_has_sensible_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.read({})
    assert settings.var == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'itabot.db'}"
    assert (settings.line_api, settings.line_data_api) == (LINE_API, LINE_DATA_API)
    assert (settings.port, settings.timezone) == (8000, zoneinfo.ZoneInfo("Asia/Bangkok"))
    assert settings.keys == settings.sealed_keys == ()
    assert settings.reply_token_ms == 50_000


def test_an_empty_value_is_as_good_as_none():
    empty = dict.fromkeys(
        (*NUMBERS, "ITABOT_KEYS", "ITABOT_VAR", "DATABASE_URL", "LINE_API_HOST", "ITABOT_TIMEZONE"), ""
    )
    assert Settings.read(empty) == Settings.read({})


def test_what_is_named_is_taken():
    settings = Settings.read({
        "ITABOT_VAR": "/srv/ita", "DATABASE_URL": "sqlite:////srv/other.db", "ITABOT_KEYS": " a , b,,", "PORT": "9000",
        "LINE_API_HOST": "http://127.0.0.1:9/", "LINE_DATA_API_HOST": "data.example.org", "ITABOT_TIMEZONE": "UTC",
        "ITABOT_LEASE_MS": "250",
    })  # fmt: skip
    assert str(settings.var) == "/srv/ita"
    assert settings.database_url == "sqlite:////srv/other.db"
    assert settings.keys == ("a", "b")
    assert (settings.port, settings.lease_ms) == (9000, 250)
    assert (settings.line_api, settings.line_data_api) == ("http://127.0.0.1:9", "https://data.example.org")
    assert settings.timezone.key == "UTC"


def test_settings_do_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings.read({}).port = 1


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", " ", "1e3"])
def test_a_number_is_a_whole_one_above_zero(name, value):
    (fault,) = faults(**{name: value})
    assert name in fault
    assert value in fault


@given(st.text(min_size=1, max_size=8))
def test_any_other_text_for_a_number_is_a_fault_or_taken(text):
    try:
        assert Settings.read({"PORT": text}).port > 0
    except BadSettings as bad:
        assert "PORT" in bad.faults[0]


@pytest.mark.parametrize("value", ["²", "①"])
def test_a_digit_that_is_no_number_is_a_fault(value):
    assert faults(PORT=value)


def test_a_port_that_does_not_exist_is_a_fault():
    assert faults(PORT="70000")


def test_a_database_without_a_file_is_a_fault():
    assert faults(DATABASE_URL="sqlite:///")


@pytest.mark.parametrize(("name", "value"), [
    ("ITABOT_TIMEZONE", "Siam"), ("ITABOT_TIMEZONE", "../etc/passwd"), ("DATABASE_URL", "mysql://x"), ("DATABASE_URL", "postgresql://"), ("DATABASE_URL", "x.db"),
    ("LINE_API_HOST", "ftp://x"), ("LINE_DATA_API_HOST", "file:///etc"),
])  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(name, value):
    (fault,) = faults(**{name: value})
    assert name in fault


@pytest.mark.parametrize(("url", "word"), [
    ("postgresql://u:hush@h:hush/db", "port"), ("postgresql://u:hush@h:0/db", "port"), ("postgresql://u:hush@h:70000/db", "port"),
    ("postgresql://u:hush@[::1/db", "IPv6"), ("postgresql://u:hush@[hush/db", "IPv6"),
    ("postgresql://u:hu@hush@h/db", "%40"), ("postgres://u:hu@hush:5432@h:5432/db", "%40"), ("sqlite://hush", "sqlite:///"),
])  # fmt: skip
def test_an_address_of_a_database_that_cannot_be_is_a_fault_without_the_password(url, word):
    (fault,) = faults(DATABASE_URL=url)
    assert "DATABASE_URL" in fault
    assert word in fault
    assert "hush" not in fault
    assert "hu@" not in fault


@pytest.mark.parametrize("rest", [
    "u:p%40ss@h:5432/db", "u:p/a?s#s@h/db", "/db?host=/run/postgresql", "u@[::1]:5432/db", "h/db?sslmode=require",
])  # fmt: skip
def test_an_address_of_a_server_is_taken_as_it_is(rest):
    assert Settings.read({"DATABASE_URL": f"postgres://{rest}"}).database_url == f"postgresql://{rest}"


def test_all_faults_are_told_together():
    assert (
        len(faults(PORT="x", ITABOT_TIMEZONE="x", DATABASE_URL="x", LINE_API_HOST="ftp://x", ITABOT_LEASE_MS="0")) == 5
    )


def test_no_fault_repeats_a_key():
    assert all("secret-key" not in fault for fault in faults(PORT="x", ITABOT_KEYS="secret-key"))
