"""What an agency chose is kept under «what:which», which no text of a language file can be called.

With a dot it would look like the key of a text, and a file of that name would make it one that is missing.
"""

import ast
from collections.abc import Iterator

from tests.architecture.source import SHIPPED, calls, dotted, functions, modules, text_of

#: Kept so since before there was a rule: what is stored is not renamed.
OLDER = {"integrity.outside", "line.chat_mode", "integrity.warned:", "line.chat_mode_read_at"}


def test_every_choice_is_kept_under_a_name_without_a_dot():
    names = {name for tree in modules(*SHIPPED).values() for name in _kept_in(tree)}
    assert names >= {"reminders:hour", "messages:reserve", "broadcast:trial", "broadcast:words:", "disposal_told:"}
    assert {name for name in names - OLDER if "." in name} == set()


def test_the_scan_finds_names_wherever_they_stand():
    source = 'A = "a.one"\ndef _b(x):\n    return f"b.{x}"\nsettings.get(A)\nstore.settings.put(_b(1), "")\nsettings.get("c.d")'
    assert set(_kept_in(ast.parse(source))) == {"a.one", "b.", "c.d"}


def _kept_in(tree: ast.Module) -> Iterator[str]:
    """The names, or what they begin with, under which a module reads or keeps a choice; its own ones alone."""
    known = dict(_assigned(tree)) | {one.name: _beginning(one.body[-1]) for one in functions(tree)}
    for call in calls(tree):
        if call.args and dotted(call.func).endswith(("settings.get", "settings.put")):
            asked = call.args[0].func if isinstance(call.args[0], ast.Call) else call.args[0]
            name = known.get(dotted(asked)) or _beginning(asked)
            if name:
                yield name


def _assigned(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The constants of a module, also where several stand in a line."""
    for node in (one for one in tree.body if isinstance(one, ast.Assign)):
        named, told = (one.elts if isinstance(one, ast.Tuple) else [one] for one in (node.targets[0], node.value))
        yield from ((dotted(name), text) for name, value in zip(named, told, strict=False) if (text := text_of(value)))


def _beginning(node: ast.AST) -> str:
    """The text that an expression is, or begins with; empty where that is not to be seen."""
    if isinstance(node, ast.Return) and node.value:
        return _beginning(node.value)
    if isinstance(node, ast.JoinedStr):
        return _beginning(node.values[0])
    return (text_of(node) if isinstance(node, ast.expr) else None) or ""
