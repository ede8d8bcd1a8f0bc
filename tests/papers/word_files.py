"""Opens Word files as a reader of Word does: paragraphs, and tables as rows of texts."""

import io

import docx


def opened(written):
    return docx.Document(io.BytesIO(written))


def tables(file):
    """Each table by its first heading row, joined: the rows under it as texts."""
    found = {}
    for table in file.tables:
        heading, *rows = [[cell.text for cell in row.cells] for row in table.rows]
        found[" | ".join(heading)] = rows
    return found


def sentences(file):
    return [one.text for one in file.paragraphs if one.text]


def everything(file):
    """Every text that stands anywhere on its pages."""
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*sentences(file), *cells])
