"""Small files made by hand: what a test wants to see is in them and little else."""

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def relations(*listed: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{nth}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for nth, (kind, target) in enumerate(listed)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def word(body: str, *, before: str = "", numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """A Word file with this inside of its body."""
    return archive({
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("numbering", "numbering.xml"), ("styles", "styles.xml")),
        "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        **{name.replace("__", "/"): content for name, content in parts.items()},
    })  # fmt: skip


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def workbook(
    *sheets: str, names: Sequence[str] = (), states: Sequence[str] = (), styles: str = "", **parts: str
) -> bytes:
    """A workbook whose sheets hold this XML after their beginning."""
    listed = [
        f'<sheet name="{names[nth] if names else f"แผ่น {nth + 1}"}" sheetId="{nth + 1}" r:id="r{nth}"'
        f' state="{states[nth] if states else "visible"}"/>'
        for nth in range(len(sheets))
    ]
    targets = [("worksheet", f"sheets/{nth}.xml") for nth in range(len(sheets))]
    return archive({
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {S}>{parts.pop('properties', '')}<sheets>{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*targets, ("styles", "styles.xml")),
        "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
        **{f"xl/sheets/{nth}.xml": f"<worksheet {S}>{sheet}</worksheet>" for nth, sheet in enumerate(sheets)},
        **{name.replace("__", "/"): content for name, content in parts.items()},
    })  # fmt: skip


def value(spot: str, stored: object, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{spot}" s="{style}"><v>{stored}</v></c>'


def words(spot: str, text: str) -> str:
    """A cell with a text."""
    return f'<c r="{spot}" t="inlineStr"><is><t>{text}</t></is></c>'


def cells(*rows: str, merges: Sequence[str] = ()) -> str:
    """The cells of a sheet, row by row from the first."""
    lines = "".join(f'<row r="{nth}">{one}</row>' for nth, one in enumerate(rows, 1))
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    return f"<sheetData>{lines}</sheetData>" + (f"<mergeCells>{merged}</mergeCells>" if merges else "")


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, of which the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (size, listed, size, trailer, len(out))


def stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d%b>>stream\n%b\nendstream" % (len(packed), more, packed)


def pages(*drawn: bytes, resources: bytes = b"", catalogue: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages draw this; /F is Helvetica, and further objects begin after the pages."""
    first = 4  # after the catalogue, the tree of pages and the font
    kids = b" ".join(b"%d 0 R" % (first + 2 * nth) for nth in range(len(drawn)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(drawn)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for nth, one in enumerate(drawn):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%b>>>>"
        objects += [page % (first + 1 + 2 * nth, resources), stream(one)]
    return pdf([*objects, *more])


def line(text: str, x: float = 50, y: float = 700, size: int = 12) -> bytes:
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n".encode("latin-1")
