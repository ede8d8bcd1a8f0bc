"""import: an agency's own document becomes its scores, units and measures."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.commands.kit import REFUSED, WRONG_USE, Table, command, ready, say_no
from bot.settings import Settings
from bot.wiring import Core
from handlers.kit import Words
from itadomain.fiscal import FiscalYear
from itadomain.refusals import Refusal

LANGUAGE, PARTICLE = "th", ""
YEARS = range(2550, 2600)
#: What to add to the command where it was refused.
HINTS = {"importing.differs": "--replace", "importing.which_year": "--year 2570"}


def add_to(table: Table) -> None:
    """Add this command."""
    one = command(table, "import", _import, "bring in an agency's own document: .docx, .xlsx, .csv, .txt, .pdf")
    one.add_argument("slug")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--dry-run", action="store_true", help="say what would be kept, keep nothing")
    one.add_argument("--replace", action="store_true", help="keep it although it differs from what is kept")
    one.add_argument("--year", type=_year, help="fiscal year of the plan (B.E.), where it is not printed")
    one.add_argument("--json", action="store_true", help="one JSON object a file")


def _year(text: str) -> int:
    """A fiscal year of the Buddhist Era; anything else is wrong use."""
    year = int(text)
    if year not in YEARS:
        raise ValueError(text)
    return year


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    missing = [str(path) for path in asked.files if not path.exists()]
    if missing:
        return say_no(WRONG_USE, *(f"there is no file {name}" for name in missing))
    core = ready(settings)
    agency = core.channels.by_slug(asked.slug)
    if agency is None:
        return say_no(REFUSED, f"there is no agency «{asked.slug}»")
    return max(_one(core, agency, path, asked) for path in asked.files)


def _one(core: Core, agency: Any, path: Path, asked: argparse.Namespace) -> int:
    from bot.imports.applying import File, Wish, bring_in  # noqa: PLC0415 - the readers cost a second
    from bot.imports.reading import bytes_of  # noqa: PLC0415
    from bot.imports.telling import as_json, as_lines  # noqa: PLC0415

    def tell(said: Any) -> str:
        return core.texts.tell(said, LANGUAGE, PARTICLE).strip()

    wish = Wish(keep=not asked.dry_run, replace=asked.replace, year=FiscalYear(asked.year) if asked.year else None)
    try:
        brought = bring_in(core, agency, File(_name(path), bytes_of(path)), wish, _progress())
    except Refusal as refusal:
        return _refused(refusal, path, tell, as_object=asked.json)
    if asked.json:
        print(json.dumps({"file": path.name, **as_json(brought, tell)}, ensure_ascii=False), flush=True)
    else:
        print(path.name, *(f"  {line}" for line in as_lines(brought, tell)), sep="\n", flush=True)
        _hint(brought.refusal)
    return REFUSED if brought.refusal else 0


def _name(path: Path) -> str:
    """A file's name as text, whatever its bytes are: old archives have names that are no UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _refused(refusal: Refusal, path: Path, tell: Callable[[Any], str], *, as_object: bool) -> int:
    text = tell(Words(refusal.key, refusal.facts))
    if as_object:
        error = {"code": refusal.key, "text": text}
        print(json.dumps({"file": path.name, "error": error}, ensure_ascii=False), flush=True)
        return REFUSED
    status = say_no(REFUSED, f"{path.name}: {text}")
    _hint(refusal)
    return status


def _hint(refusal: Refusal | None) -> None:
    if refusal and refusal.key in HINTS:
        print(f"itabot: to go on, add {HINTS[refusal.key]}", file=sys.stderr)


def _progress() -> Callable[[int, int], None] | None:
    """A bar on the terminal, where there is one to draw on."""
    if not sys.stderr.isatty():
        return None

    def draw(done: int, of: int) -> None:
        filled = 30 * done // max(of, 1)
        end = "\n" if done >= of else ""
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{of}", end=end, file=sys.stderr, flush=True)

    return draw
