"""An agency's own Word file as the form of a paper: looked through before it is kept, filled in by docxtpl.

Nothing in it is run: of what a template may say only names and rows of a list are known (`{{ name }}`, `{%tr for row in
list %}` … `{%tr endfor %}`), looked at in what Jinja itself has read, each time. All of this happens in the program
that has no key in reach.
"""

import contextlib
import io
import re
import signal
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.imports.package import RELATION, Package
from bot.imports.watch import Watch
from bot.papers.document import Document
from bot.papers.ink.values import Values, appendix, values_of
from bot.papers.ink.word import as_docx_after
from itadomain.papers.choosing import MOST_OF_A_TEMPLATE
from itadomain.refusals import Refusal

UNPACKED, MADE_AT_MOST, SECONDS = 30 * 2**20, 40 * 2**20, 10
#: Seconds of work that filling a form takes at most: before it is kept, and later, when there are more rows.
TRIED, FILLED, AGAIN = 6, 12, 0.5
MOST_NAMED = 8
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What is fetched from elsewhere, or opened by another program than Word.
FOREIGN = frozenset({
    "oleObject", "package", "attachedTemplate", "aFChunk", "subDocument", "frame", "control", "vbaProject",
    "externalLink", "mailMergeSource",
})  # fmt: skip
#: Parts by their endings that are looked through, and what else may be there: pictures but SVG, which is a program's
#: way to fetch others, and typefaces.
LOOKED_THROUGH = (".xml", ".rels")
PLAIN = ("image/", "application/vnd.openxmlformats-officedocument.obfuscatedfont", "application/x-font")
#: Fields that say something of the paper itself; others fetch, ask or run.
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "SEQ", "STYLEREF", "TOC", "PAGEREF"})
NAME = r"[^\s{}%.|()\[\]'\"#,:=+*/<>~-]+"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\{%|\{#", re.DOTALL)
KNOWN = re.compile(rf"\{{\{{\s*{NAME}(\.{NAME})?\s*\}}\}}|\{{%(tr|p)?\s+(for\s+{NAME}\s+in\s+{NAME}|endfor)\s*%\}}")
NEITHER = re.compile(r"<[^>]*>")


def checked(template: bytes, paper: Document) -> Mapping[str, Any]:
    """Nothing where a template may be kept; else the key and the facts of why it may not."""
    try:
        _package(template)
        filled(template, paper, TRIED)
    except Refusal as refusal:
        return {"refused": refusal.key, "facts": dict(refusal.facts)}
    except (MemoryError, RecursionError):
        return {"refused": "paper_forms.too_heavy", "facts": {}}
    except Exception:  # noqa: BLE001 - a file from outside may be broken in any way
        return {"refused": "import.broken", "facts": {}}
    return {}


def filled(template: bytes, paper: Document, seconds: float = FILLED) -> bytes:
    """The paper in the agency's own form; a draft says so on every page of it too."""
    values = values_of(paper)
    form = _Form(io.BytesIO(template))
    try:
        with _within(seconds):
            form.render({**values.single, **values.lists}, jinja_env=_Names(values))
    except TemplateError as error:
        raise Refusal("paper_forms.not_known") from error
    kept = io.BytesIO()
    form.save(kept)
    made = as_docx_after(docx.Document(io.BytesIO(kept.getvalue())), paper, appendix(paper))
    if len(made) > MADE_AT_MOST:
        raise Refusal("paper_forms.too_heavy")
    return made


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Refusal for what works longer: a form that ends its program would leave a paper that nobody can ever have."""

    def over(*_: object) -> None:
        raise Refusal("paper_forms.too_heavy")

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)  # one that falls into a destructor is lost
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Form(DocxTemplate):  # type: ignore[misc]  # it tells no types
    """A template whose tags are looked at as they were written, before docxtpl makes others of them."""

    def init_docx(self, reload: bool = True) -> None:  # noqa: FBT001, FBT002 - docxtpl calls it so
        """Open the file; LibreOffice names the properties otherwise, and they would be written twice."""
        super().init_docx(reload)
        for one in self.docx.part.package.rels.values():
            if one.reltype.endswith("/metadata/core-properties"):
                one._reltype = RELATIONSHIP_TYPE.CORE_PROPERTIES  # noqa: SLF001 - python-docx has no name for it

    def patch_xml(self, src_xml: str) -> str:
        """The XML as Jinja reads it."""
        _only_known_tags(src_xml)
        return str(super().patch_xml(src_xml))


class _Names(SandboxedEnvironment):
    """Knows the names of a paper and nothing else: whatever Jinja has read is looked through before it is used."""

    def __init__(self, values: Values) -> None:
        super().__init__(autoescape=True)
        self._values = values
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        _only_known_tags(source)
        read = super()._parse(source, name, filename)
        unknown = list(dict.fromkeys(_unknown(read.body, self._values, {})))
        if unknown:
            raise Refusal("paper_forms.unknown_names", names=unknown[:MOST_NAMED])
        return read


def _only_known_tags(source: str) -> None:
    """Refusal for a tag that is none of the two: docxtpl has some of its own, which could spoil the file."""
    for found in TAG.finditer(NEITHER.sub("", source)):
        if not KNOWN.fullmatch(found[0]):
            raise Refusal("paper_forms.not_known")


def _unknown(parts: Sequence[nodes.Node], values: Values, rows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names that are none of the paper's; Refusal where there is anything but names and rows of a list."""
    for one in parts:
        match one:
            case nodes.Output():
                yield from _unknown(one.nodes, values, rows)
            case nodes.TemplateData():
                pass
            case nodes.Name(name=name):
                yield from () if name in values.single else (name,)
            case nodes.Getattr(node=nodes.Name(name=row), attr=cell):
                yield from () if cell in rows.get(row, ()) else (f"{row}.{cell}",)
            case nodes.For(
                target=nodes.Name(name=row), iter=nodes.Name(name=name), test=None, else_=[], recursive=False
            ) if not rows and row not in values.single:
                known = name in values.lists
                yield from _unknown(one.body, values, {row: values.cells[name]}) if known else (name,)
            case _:
                raise Refusal("paper_forms.not_known")


def _package(template: bytes) -> None:
    """Refusal for what is no Word file, is made to burst, or reaches out of itself."""
    if len(template) > MOST_OF_A_TEMPLATE:
        raise Refusal("paper_forms.too_large", most=MOST_OF_A_TEMPLATE // 2**20)
    package = Package(template, Watch(seconds=SECONDS))
    package.refuse_macros()
    if package.main_part() != "word/document.xml":
        raise Refusal("paper_forms.no_word_file")
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        listed = archive.infolist()
    names = [one.filename for one in listed]
    if sum(one.file_size for one in listed) > UNPACKED:
        raise Refusal("import.unpacks_too_large")
    if len({name.lower() for name in names}) != len(names):
        raise Refusal("import.broken")  # which of two alike is read is a matter of taste
    if any(name.lower().endswith(".bin") or "/embeddings/" in name.lower() for name in names):
        raise Refusal("paper_forms.reaches_out")
    try:
        _only_plain_parts(package)
        for name in names:
            if name.lower().endswith(LOOKED_THROUGH):
                _part(package, name)
    except ParseError as error:
        raise Refusal("import.broken") from error


def _only_plain_parts(package: Package) -> None:
    """Refusal where a part is told to be something that its name does not: it would not be looked through."""
    for one in package.tree("[Content_Types].xml"):
        told = one.get("ContentType", "").lower()
        name = one.get("PartName", f".{one.get('Extension', '')}").lower()
        if "svg" in told or not (name.endswith(LOOKED_THROUGH) or told.startswith(PLAIN)):
            raise Refusal("paper_forms.reaches_out")


def _part(package: Package, name: str) -> None:
    for one in package.tree(name).iter(RELATION):
        if one.get("TargetMode") == "External" or one.get("Type", "").rpartition("/")[2] in FOREIGN:
            raise Refusal("paper_forms.reaches_out")
    if any(word not in FIELDS for word in _fields(package, name)):
        raise Refusal("paper_forms.reaches_out")


def _fields(package: Package, name: str) -> Iterator[str]:
    """The first word of every field of a part, also of one that is told in pieces or inside another."""
    open_ones: list[str | None] = []  # what each says so far; None once its result is told
    for event, element in package.elements(name):
        if event == "start":
            continue
        if element.tag == f"{W}fldSimple":
            yield _first(element.get(f"{W}instr"))
        elif element.tag == f"{W}instrText":
            before = open_ones.pop() if open_ones else ""
            open_ones.append((before or "") + (element.text or ""))
        elif element.tag == f"{W}fldChar":
            match element.get(f"{W}fldCharType"):
                case "begin":
                    open_ones.append("")
                case "separate" if open_ones:
                    yield _first(open_ones.pop())
                    open_ones.append(None)
                case "end" if open_ones:
                    yield _first(open_ones.pop())
    yield from map(_first, open_ones)


def _first(said: str | None) -> str:
    """Of a field whose result is told, it was looked at before that."""
    return "PAGE" if said is None else next(iter(said.split()), "").upper()
