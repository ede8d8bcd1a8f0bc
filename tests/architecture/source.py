"""The product's own source, parsed once, and small questions about it."""

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("itadomain", "handlers", "bot")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Every module under `folders` by its path from the root."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {str(file.relative_to(ROOT)): _parsed(file) for file in files}


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def breaking(rule: Callable[[ast.Module], object], trees: Mapping[str, ast.Module]) -> dict[str, object]:
    """What a rule finds amiss, by the module where it does."""
    found = {path: rule(tree) for path, tree in trees.items()}
    return {path: amiss for path, amiss in found.items() if amiss}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    """The last name of what is called: «today» of `date.today()`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """The whole name of what is called: «date.today»."""
    return f"{dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else name_of(node)


def constants(tree: ast.AST) -> set[str]:
    """Every string that stands in a module."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def text_of(node: ast.expr | None) -> str | None:
    """The string that an expression is, None where it is anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method of a module."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def identifiers(tree: ast.AST) -> set[str]:
    """Every name that a module uses: variables, attributes, parameters, keywords, imports."""
    found = set()
    for node in ast.walk(tree):
        found |= {
            str(getattr(node, field)) for field in ("id", "attr", "arg", "name", "asname") if hasattr(node, field)
        }
    return found - {"None"}
