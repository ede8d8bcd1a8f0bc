"""What a tap, a menu or a sentence leads to is there."""

import pytest

from bot import nlu
from bot.line.events import EVENT_TRIGGERS, MESSAGE_TRIGGERS
from bot.line.richmenu import AUDIENCES
from bot.settings import Settings
from bot.storage.sealing import new_key
from bot.texts import Texts
from bot.wiring import Core, acts
from handlers import FEATURES
from handlers.agency.administration import DESK
from handlers.common.help import CITIZEN, INSIDER
from itadomain.people import Role
from tests.architecture.source import SHIPPED, calls, modules, name_of, text_of

INTENTS = {
    "ask_score", "ask_indicator_score", "ask_trend", "my_measures", "measure_detail", "update_progress",
    "report_obstacle", "attach_evidence", "overdue_list", "assessment_calendar", "oit_register", "broadcast_request",
    "register_staff", "file_complaint", "report_corruption", "track_complaint", "satisfaction_survey",
    "contact_info", "ask_service_info", "talk_to_human", "change_language", "cancel", "help", "greeting", "thanks",
    "privacy", "out_of_scope",
}  # fmt: skip
#: What the turn itself asks for, beside what LINE sends.
OUR_EVENTS = {"stale_tap", "not_allowed", "too_public", "mishap", "too_much"}
MENUS = {*CITIZEN, *INSIDER, *DESK, *(step for fields in AUDIENCES.values() for step in fields)}


def targets() -> dict[str, str]:
    """Every step that a tap names, and where."""
    return {
        f"{path}:{call.lineno}": step
        for path, tree in modules(*SHIPPED).items()
        for call in calls(tree)
        if name_of(call.func) == "Go" and len(call.args) > 1 and (step := text_of(call.args[1]))
    }


def test_every_tap_leads_to_a_step_that_may_be_started():
    assert len(targets()) > 8
    gone = {where: step for where, step in targets().items() if not starts(step)}
    assert gone == {}


def test_every_menu_leads_to_steps_that_may_be_started():
    assert [step for step in MENUS if not starts(step)] == []


def starts(step: str) -> bool:
    return step in FEATURES.steps and FEATURES.steps[step].starts


def test_a_step_that_may_be_started_needs_no_draft():
    assert [name for name, entry in FEATURES.steps.items() if entry.starts and entry.draft] == []


def test_the_menu_of_citizens_holds_only_what_everyone_may_use():
    assert [step for step in (*CITIZEN, *AUDIENCES["citizen"]) if FEATURES.steps[step].roles] == []


def test_every_typed_label_starts_the_step_of_its_tap():
    texts = Texts()
    commands = texts.commands()
    for language, table in texts.words.items():
        for step in MENUS | {"help.menu"}:
            label = table[f"menu.{step.replace('.', '_')}"]
            assert commands[label.casefold()] == step, language


def test_every_command_starts_a_step():
    assert [step for step in Texts().commands().values() if not starts(step)] == []


def test_there_are_27_intents_and_the_understanding_knows_no_others():
    assert len(INTENTS) == 27
    assert set(nlu.SLOTS) == INTENTS


def test_every_trigger_can_happen(tmp_path):
    possible = {
        *(f"intent:{intent}" for intent in INTENTS),
        *(f"event:{event}" for event in (*EVENT_TRIGGERS, *OUR_EVENTS)),
        *(f"heard:{kind}" for kind in (*MESSAGE_TRIGGERS, "link", "poster")),
        *(
            f"task:{name}"
            for name in acts(Core(Settings.read({"ITABOT_KEYS": new_key(), "ITABOT_VAR": str(tmp_path)})))
        ),
    }
    assert FEATURES.triggers.keys() - possible == set()


def test_every_intent_is_answered():
    assert {f"intent:{intent}" for intent in INTENTS} - FEATURES.triggers.keys() == set()


def test_everything_that_line_sends_is_heard():
    sent = {*(f"event:{event}" for event in EVENT_TRIGGERS), *(f"heard:{kind}" for kind in MESSAGE_TRIGGERS)}
    assert (sent | {f"event:{event}" for event in OUR_EVENTS}) - FEATURES.triggers.keys() == set()


def test_of_features_that_listen_for_the_same_only_the_last_is_for_everyone():
    """The first that a person may use gets it, so none after one for everyone would ever run."""
    listening: dict[str, list[str]] = {}
    for feature in FEATURES.features:
        for trigger, entry in feature.triggers.items():
            listening.setdefault(trigger, []).append("" if entry.roles else entry.name)
    assert {trigger: names for trigger, names in listening.items() if any(names[:-1])} == {}


@pytest.mark.parametrize("feature", FEATURES.features, ids=lambda feature: feature.name)
def test_a_feature_asks_for_known_roles(feature):
    assert all(entry.roles <= set(Role) for entry in feature.steps.values())
    assert all(not entry.roles for entry in feature.steps.values() if entry.in_groups)


def test_only_these_steps_may_answer_in_front_of_others():
    """Each new one is a decision: what it tells is read by a whole group."""
    assert {name for name, entry in FEATURES.steps.items() if entry.in_groups} == {
        "score.now", "score.part", "score.compare", "score.lowest", "score.highest", "measures.mine", "measures.everything", "measures.one",
        "office.call", "office.about", "assessment.calendar", "account.join_group", "help.too_public",
    }  # fmt: skip
