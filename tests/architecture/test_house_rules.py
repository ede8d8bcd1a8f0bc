"""Rules of the house that imports alone cannot show; each test's docstring gives its reason."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage import hot
from bot.storage.queue_sql import statements
from tests.__main__ import UNIT, WHOLE
from tests.architecture.source import ROOT, SHIPPED, breaking, calls, dotted, functions, identifiers, modules, name_of

BOT = {path: tree for path, tree in modules("bot").items() if not path.startswith("bot/simulator/")}

IMPURE = {
    "open", "print", "input", "exec", "eval", "globals", "date.today", "datetime.now", "datetime.today",
    "datetime.utcnow", "time.time", "time.sleep", "random.random", "random.choice", "uuid.uuid4", "uuid.uuid1",
}  # fmt: skip
OF_THE_OUTSIDE = re.compile(
    r"(^|_)(agency_id|agency_slug|slug|channels?|tokens?|secrets?|line_user_id|line_id|user_id|group_id|sessions?"
    r"|connections?|engine|webhook|postback)(_|$)"
)
#: A case has come by a channel of its own, the counter or the phone, which is none of LINE's.
OF_CASES = {"channel", "by_channel"}
CORE_STATEMENTS = {
    "exec_driver_sql", "text", "insert", "update", "delete", "bulk_save_objects", "bulk_insert_mappings",
    "bulk_update_mappings", "executemany",
}  # fmt: skip
#: Where statements pass by the session that knows its agency, and why they may.
STATEMENTS_ALLOWED = {
    "bot/storage/hot.py": {"text"},  # what runs for every message; each statement names its agency
    "bot/storage/sqlite.py": {"exec_driver_sql"},  # BEGIN
    "bot/storage/postgres.py": {"exec_driver_sql"},  # BEGIN, and whose rows it is about
    "bot/storage/retention.py": {"text"},  # rows that are done, by id, whosever they are
    "bot/storage/dead.py": {"text"},  # what was given up, whosever it is
    "bot/storage/tallies.py": {"text"},  # counters, which name no agency
    "bot/storage/ticks.py": {"insert"},  # runs of many agencies at once; each row names its own
    "bot/storage/queue_tables.py": {"text"},  # which rows a partial index holds
    "bot/storage/schema.py": {"text"},  # the number of the migration
}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_KIT = 300, 40, 400
#: One table of leases and two of messages with every statement on them: apart they could disagree.
LONG_MODULES = {"bot/storage/queue.py"}
#: Counts for the metrics, a clock that was set back for all, and rows named by an id read in their own agency's lane.
ACROSS_AGENCIES = {
    "agency_by_slug", "depth", "dead", "lanes_wake", "tasks_wake", "buckets_wake",
    "inbox_finish", "inbox_unclaim", "outbox_settle", "outbox_retry", "outbox_unclaim", "task_finish", "task_later",
}  # fmt: skip
#: Lists of columns and of routes: nothing in them branches.
LONG_FUNCTIONS = {"bot/storage/migrations/versions/0001_first_tables.py:upgrade"}
#: What a line of the log may tell: ids, outcomes, counts.
LOGGED = {
    "place_of(error)",
    "event.id", "event.attempts", "letter.id", "letter.attempts", "verdict.outcome", "name", "job.name", "doubt",
    "why",  # the sentence with which a process refuses to start
    "how", "pause_s",  # a process ended by which signal or status, and when it starts again
}  # fmt: skip
#: What `about` may put on every line inside it, by name: ids of our own.
ABOUT = {
    "agency": {"agency.id", "agency_id", "event.agency_id", "letter.agency_id", "errand.agency_id"},
    "event": {"event.id"},
    "message": {"letter.id"},
    "task": {"errand.id"},
    "attempt": {"event.attempts", "letter.attempts", "errand.attempts"},
}
LOG_CALL = re.compile(r"(\w+\.)*_?(log|logger|logging)\.(debug|info|warning|error|exception|critical|log)")
THIS_MACHINE = re.compile(r"/(work|root|home|tmp|Users|mnt)/|localhost:\d{4,}")
SHIPPED_TEXT = ("*.py", "*.toml", "*.md", "*.html", "*.js", "*.css", "Makefile", "Procfile")


def test_the_rules_do_nothing_but_reckon():
    """Given the same facts they say the same, on any day and any machine; so a property can be checked."""
    assert breaking(_impure, modules("itadomain")) == {}
    assert breaking(_outer_names, modules("itadomain")) == {}


def _impure(tree: ast.Module) -> list[str]:
    return [dotted(call.func) for call in calls(tree) if dotted(call.func) in IMPURE]


def _outer_names(tree: ast.Module) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)]


def test_the_rules_keep_nothing_that_changes():
    """A list or a table at the top of a module would be shared by all agencies: constants only, in capitals."""
    assert breaking(_variables, modules("itadomain")) == {}


def _variables(tree: ast.Module) -> list[str]:
    targets = [node.target for node in tree.body if isinstance(node, ast.AnnAssign) and node.value]
    targets += [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return [name for name in names if not (name.strip("_").isupper() or name[0].isupper())]


def test_values_of_the_domain_do_not_change():
    """A frozen value cannot be half changed when a turn is run again."""
    assert breaking(_thawed, modules("itadomain")) == {}


def _thawed(tree: ast.Module) -> list[str]:
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    made = [(one.name, made) for one in classes for made in one.decorator_list if "dataclass" in ast.dump(made)]
    return [name for name, decorator in made if "frozen=True" not in ast.unparse(decorator)]


def test_features_know_no_agency_no_channel_and_no_session():
    """The store is one agency's before a feature gets it, so none can reach another's."""
    assert breaking(_of_the_outside, modules("handlers")) == {}


def _of_the_outside(tree: ast.Module) -> list[str]:
    allowed = OF_CASES if "itadomain.cases" in ast.unparse(tree) else set()
    return sorted(name for name in identifiers(tree) - allowed if OF_THE_OUTSIDE.search(name))


def test_features_take_the_day_from_the_turn():
    """A clock of one's own would be in another zone, and a test could not set it."""
    assert breaking(_impure, modules("handlers")) == {}


def test_every_feature_opens_with_its_script():
    """Whoever wants to know what a feature does reads the talk first."""
    features = {path: tree for path, tree in modules("handlers").items() if "Feature(" in ast.unparse(tree)}
    features = {path: tree for path, tree in features.items() if "/kit/" not in path}
    assert len(features) >= 5
    assert [path for path, tree in features.items() if "bot  " not in (ast.get_docstring(tree) or "")] == []


def test_no_error_is_swallowed_unseen():
    """A bare except hides KeyboardInterrupt and the fault that should have been found."""
    assert breaking(_bare_excepts, modules(*SHIPPED, "tests")) == {}


def _bare_excepts(tree: ast.Module) -> list[int]:
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    return [handler.lineno for handler in handlers if handler.type is None]


def test_no_test_mocks_what_is_ours():
    """A mock agrees with whatever the test believes; a fake written by hand has to work."""
    assert breaking(_mocks, modules("tests")) == {}


def _mocks(tree: ast.Module) -> list[str]:
    imported = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    replaced = [ast.unparse(call) for call in calls(tree) if dotted(call.func) == "monkeypatch.setattr"]
    ours = [call for call in replaced if re.search(r"setattr\(['\"](bot|handlers|itadomain)\.", call)]
    return [*ours, *imported & {"mock", "patch", "MagicMock", "unittest.mock", "pytest_mock"}]


def test_statements_that_pass_by_the_agencys_session_stay_in_named_modules():
    """A Core statement is not filtered by agency and a bulk insert is not stamped (see bot/storage/tenancy.py)."""
    used = breaking(_core_statements, {path: tree for path, tree in BOT.items() if "/migrations/" not in path})
    assert {path: more for path, found in used.items() if (more := found - STATEMENTS_ALLOWED.get(path, set()))} == {}


def _core_statements(tree: ast.Module) -> set[str]:
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy")
        for alias in node.names
    }
    used = {name_of(call.func) for call in calls(tree)} & CORE_STATEMENTS
    # `menus.delete(…)` is another's word: what counts is what SQLAlchemy gave, or what only it can mean.
    return used & (imported | {"exec_driver_sql", "executemany", *(name for name in CORE_STATEMENTS if "bulk" in name)})


def test_statements_of_the_queue_name_their_agency():
    """What passes by the session carries the agency itself."""
    every = {**statements("sqlite"), **hot.SQL}
    assert {name for name, sql in every.items() if "agency_id" not in sql} <= ACROSS_AGENCIES


def test_a_module_fits_in_the_head():
    """Split by thing where it grows; whoever needs more puts its name on the list, with the reason."""
    lines = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules(*SHIPPED)}
    assert {path: n for path, n in lines.items() if n > LONGEST_MODULE and path not in LONG_MODULES} == {}


def test_no_function_is_longer_than_a_screen():
    """Without its docstring."""
    long = {
        f"{path}:{function.name}"
        for path, tree in modules(*SHIPPED).items()
        for function in functions(tree)
        if _length(function) > LONGEST_FUNCTION
    }
    assert long == LONG_FUNCTIONS


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_the_words_of_a_feature_are_few():
    """Whoever writes a feature reads the kit from end to end first, but for the list of its names."""
    read = [path for path in modules("handlers/kit") if not path.endswith("__init__.py")]
    assert sum(len((ROOT / path).read_text().splitlines()) for path in read) <= LONGEST_KIT


def test_logs_tell_ids_and_outcomes_only():
    """What people write, and who they are, must not be read in a log."""
    assert breaking(_tell_too_much, BOT) == {}


@pytest.mark.parametrize("line", [
    'log.info(f"{heard.text}")', 'log.info("heard %s", heard.text)', 'log.error("no %s", event.id, exc_info=True)',
    'log.log(10, "said %s", event.id)', 'self._log.info("heard %s", heard.text)', "about(event=heard.text)",
    "about(person=event.id)", "logs.about(event.id)", "about(**facts)",
])  # fmt: skip
def test_a_log_that_could_tell_more_is_found(line):
    """The rule above is worth what it finds."""
    assert len(_tell_too_much(ast.parse(line))) == 1


def test_a_log_of_ids_is_not_complained_of():
    """Nor is what only sounds alike."""
    good = 'with about(agency=event.agency_id, event=event.id):\n    log.info("event %s: done", event.id)\nmath.log(2)'
    assert _tell_too_much(ast.parse(good)) == []


def _tell_too_much(tree: ast.Module) -> list[str]:
    """The calls that could put words into the log."""
    logging = [call for call in calls(tree) if LOG_CALL.fullmatch(dotted(call.func)) and not _logs_ids(call)]
    about = [call for call in calls(tree) if dotted(call.func) in {"about", "logs.about"} and not _is_about_ids(call)]
    return [ast.unparse(call) for call in (*logging, *about)]


def _logs_ids(call: ast.Call) -> bool:
    sentence, *facts = call.args
    whole = isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)
    return whole and {ast.unparse(fact) for fact in facts} <= LOGGED and not call.keywords


def _is_about_ids(call: ast.Call) -> bool:
    named = all(ast.unparse(one.value) in ABOUT.get(one.arg or "", ()) for one in call.keywords)
    return named and not call.args


def _shipped_texts() -> list[Path]:
    folders = [ROOT / name for name in (*SHIPPED, "locales", "docs")]
    inside = [file for folder in folders for pattern in SHIPPED_TEXT for file in folder.rglob(pattern)]
    return sorted([*inside, *(file for pattern in SHIPPED_TEXT for file in ROOT.glob(pattern))])


def test_nothing_names_a_path_of_somebodys_machine():
    """It is run elsewhere."""
    found = {
        f"{file.relative_to(ROOT)}:{number}"
        for file in _shipped_texts()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if THIS_MACHINE.search(line)
    }
    assert found == set()


def test_every_folder_of_tests_is_run():
    """A suite that nobody names would be green for ever."""
    folders = {f"tests/{file.relative_to(ROOT / 'tests').parts[0]}" for file in ROOT.glob("tests/*/**/test_*.py")}
    assert folders - {what for suite in (*UNIT.values(), *WHOLE.values()) for what in suite} == set()


def test_the_import_contracts_hold():
    """Arrows point inward; pyproject.toml has the contracts."""
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
