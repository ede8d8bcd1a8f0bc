"""The tables of five published documents, printed by a browser and by an office program, come back from the PDF."""

import re

import pytest

from bot.imports import read
from tests.imports.rebuilding import as_page, as_word, printed_by_browser

FONTS = ["Noto Sans Thai", "Garuda", "Loma"]


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def rows_of(tables) -> list[list[str]]:
    """All rows one after the other: what a new page parts is one table again."""
    return [[without_blanks(cell) for cell in row] for table in tables for row in table]


def read_back(printed: bytes) -> list[list[str]]:
    return rows_of(table.rows for table in read(printed, "แผน.pdf").tables)


@pytest.mark.parametrize("font", FONTS)
def test_a_browsers_pdf_gives_the_same_cells(tables, browser, font):
    assert read_back(printed_by_browser(browser, as_page(tables, font=font))) == rows_of(tables)


def test_an_offices_pdf_gives_the_same_cells(tables, print_by_office):
    assert read_back(print_by_office(as_word(tables))) == rows_of(tables)


def test_a_row_torn_by_the_end_of_a_page_loses_nothing(tables, browser):
    """Its rest is a row of its own on the next page, under no heading."""
    for rows in tables:
        found = read_back(printed_by_browser(browser, as_page([rows], broken="auto")))
        assert ["".join(column) for column in zip(*found, strict=True)] == [
            "".join(column) for column in zip(*rows_of([rows]), strict=True)
        ]
