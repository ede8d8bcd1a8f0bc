"""How an agency's own Word file asks for what a paper says: names in double braces, and rows of a list."""

TITLE, AGENCY, MADE_BY, MADE_ON = "ชื่อเอกสาร", "หน่วยงาน", "ผู้จัดทำ", "วันที่จัดทำ"
STATE, APPROVED, DATA = "สถานะ", "การอนุมัติ", "ที่มาของข้อมูล"
#: What a paper says once.
NAMES = (TITLE, AGENCY, MADE_BY, MADE_ON, STATE, APPROVED, DATA)
#: Its tables and the texts around them by their places; a row, the text in it, a column whose heading is no name.
TABLE, TEXTS, ROW, TEXT, COLUMN = "ตาราง", "ข้อความ", "แถว", "ข้อความ", "ช่อง"


def asked(name: str, cell: str = "") -> str:
    """A name as a template has it; with `cell` that of a row."""
    return f"{{{{ {name}.{cell} }}}}" if cell else f"{{{{ {name} }}}}"


def begins(of: str, name: str) -> str:
    """What stands before what is said for every row of a list; `of` is a row of a table («tr») or a paragraph («p»)."""
    return f"{{%{of} for {ROW} in {name} %}}"


def ends(of: str) -> str:
    """What stands after it."""
    return f"{{%{of} endfor %}}"
