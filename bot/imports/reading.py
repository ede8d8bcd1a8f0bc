"""The one door for files: looks at what a file holds, then at its name, and hands it to its reader."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from bot.imports.delimited import read_delimited
from bot.imports.package import Package
from bot.imports.text import read_text
from bot.imports.watch import LARGEST, MEGABYTE, ROWS, Progress, Watch
from bot.imports.word import read_word
from bot.imports.workbook import read_workbook
from itadomain.documents.shape import Block, Document, Table
from itadomain.refusals import Refusal

Reader = Callable[[bytes, Watch], Sequence[Block]]


def bytes_of(path: Path) -> bytes:
    """What a file holds, and never much more than is read of one; Refusal where it is too large, no file, or shut."""
    try:
        if not path.is_file():  # a folder, or what may never end: a pipe, a device
            raise Refusal("importing.no_file")
        if path.stat().st_size > LARGEST:
            raise Refusal("import.too_large", megabytes=LARGEST // MEGABYTE)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # it may grow meanwhile
    except OSError as error:
        raise Refusal("importing.cannot_open") from error


def read(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document that a file holds. Whatever the file is, the only other outcome is a `Refusal`."""
    if len(data) > LARGEST:
        raise Refusal("import.too_large", megabytes=LARGEST // MEGABYTE)
    if not data.strip():
        raise Refusal("import.empty")
    return Document(name, _blocks(_reader(data, name), data, Watch(progress)))


def unread_pages(document: Document) -> Sequence[int]:
    """The pages of a PDF that are pictures among others that could be read: its reader left them empty."""
    return [one.place.page for one in document.paragraphs if not one.text]


def _blocks(reader: Reader, data: bytes, watch: Watch) -> Sequence[Block]:
    try:
        blocks = reader(data, watch)
    except Refusal:
        raise
    except Exception as error:
        raise Refusal("import.broken") from error
    if not any(isinstance(block, Table) or block.text for block in blocks):
        raise Refusal("import.empty")
    if len(blocks) > ROWS:
        raise Refusal("import.too_many_rows", most=ROWS)
    return blocks


def _reader(data: bytes, name: str) -> Reader:
    """By what the file holds; a text may be a table of any kind, so there the name tells."""
    for sign, reader in BY_CONTENT:
        if data.startswith(sign):
            return reader
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in BY_NAME:
        return BY_NAME[suffix]
    raise Refusal("import.broken" if suffix in {".docx", ".xlsx", ".pdf"} else "import.unknown_type")


def _pdf(data: bytes, watch: Watch) -> Sequence[Block]:
    """What reads PDFs takes a third of a second to load, which only those who send one shall wait for."""
    from bot.imports.pdf import read_pdf  # noqa: PLC0415 - see above

    return read_pdf(data, watch)


def _office(data: bytes, watch: Watch) -> Sequence[Block]:
    """A zip archive: Word or Excel, by the part that all others hang on."""
    package = Package(data, watch)
    package.refuse_macros()
    main = package.main_part()
    if main.startswith("word/"):
        return read_word(package, watch)
    if main.startswith("xl/") and main.endswith(".xml"):
        return read_workbook(package, watch)
    raise Refusal("import.unknown_type")


def _container(data: bytes, _: Watch) -> Sequence[Block]:
    """The container of old Office files, in which new ones are put when they get a password."""
    locked = "EncryptedPackage".encode("utf-16-le") in data
    raise Refusal("import.password" if locked else "import.old_format")


BY_CONTENT: Sequence[tuple[bytes, Reader]] = (
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _office),
    (b"PK\x05\x06", _office),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _container),
)
BY_NAME: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    "": read_text,
    ".tsv": read_text,
    ".csv": read_delimited,
}
