"""Word and Excel files are zip archives of XML parts: opened within bounds, with nothing in them run or fetched."""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser
from xml.parsers import expat

from bot.imports.watch import MEGABYTE, UNPACKED, Watch
from itadomain.refusals import Refusal

ENTRIES = 10_000
ELEMENTS = 1_000_000  # in memory at one time
#: Text packs to a twentieth; what packs to less than a two-hundredth was made to burst.
RATIO, RATIO_FROM = 200, 20 * MEGABYTE
CHUNK = 1 << 16
MACROS = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "/activex/")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """One archive, its parts by name."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        self._watch = watch
        self._alive = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refusal("import.broken") from error
        self._names = {info.filename.lstrip("/").replace("\\", "/").lower(): info for info in self._zip.infolist()}
        self._weigh(len(data))

    def _weigh(self, packed: int) -> None:
        """What the archive says of itself; while reading it is counted again."""
        total = sum(info.file_size for info in self._zip.infolist())
        if total > UNPACKED or (total > RATIO_FROM and total > packed * RATIO) or len(self._names) > ENTRIES:
            raise Refusal("import.unpacks_too_large")
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise Refusal("import.password")

    def refuse_macros(self) -> None:
        """A file that carries a program is not taken, although nothing here would run it."""
        if any(sign in name for name in self._names for sign in MACROS):
            raise Refusal("import.macros")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def main_part(self) -> str:
        """The part that all others hang on; empty where this is no Office file."""
        return next((part for kind, part in self.relations("").values() if kind == "officeDocument"), "")

    def read(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece."""
        with self._zip.open(self._names[name.lower()]) as part:
            while piece := part.read(CHUNK):
                self._watch.unpacked(len(piece))
                yield piece

    def elements(self, name: str) -> Iterator[tuple[str, Element]]:
        """«start» and «end» of every element of a part, as they are read."""
        self._alive = 0
        prolog = _Prolog()
        parser: XMLPullParser[Element] = XMLPullParser(["start", "end"])
        for piece in self.read(name):
            prolog.look_at(piece)
            parser.feed(piece)
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                self._alive += event == "start"
                if self._alive > ELEMENTS:
                    raise Refusal("import.unpacks_too_large")
                yield event, element
        parser.close()

    def each(self, name: str, *parents: str) -> Iterator[Element]:
        """What stands right inside such elements, one after the other, each forgotten as the next is read."""
        above: list[Element] = []
        for event, element in self.elements(name):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if above and above[-1].tag in parents:
                yield element
                above[-1].clear()
                self._alive = 0

    def tree(self, name: str) -> Element:
        """A whole part; an empty element where the file has none."""
        root = Element("nothing")
        if name in self:
            for event, element in self.elements(name):
                root = element if event == "end" else root
        return root

    def relations(self, name: str) -> Mapping[str, tuple[str, str]]:
        """What a part refers to inside the archive: id → (kind, name of the part)."""
        folder, _, file = name.rpartition("/")
        listed = self.tree(join(folder, "_rels", f"{file}.rels"))
        return {
            one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], _inside(folder, one.get("Target", "")))
            for one in listed.iter(RELATION)
            if one.get("TargetMode") != "External"
        }


def _inside(folder: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


class _Prolog:
    """What stands before the root element, where alone a DTD and its entities can be declared."""

    def __init__(self) -> None:
        self._over = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._end

    def look_at(self, piece: bytes) -> None:
        """Refuse a declaration."""
        if not self._over:
            self._parser.Parse(piece)

    def _refuse(self, *_: object) -> None:
        raise Refusal("import.declares_entities")

    def _end(self, *_: object) -> None:
        self._over = True
