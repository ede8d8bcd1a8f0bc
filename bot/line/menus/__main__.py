"""Draws the pictures anew: `python -m bot.line.menus`, with the tests' environment and a Thai font at hand."""

import sys
from html import escape

from bot.line.richmenu import AUDIENCES, COLUMNS, HEIGHT, PICTURES, WIDTH, label
from bot.texts import Texts

#: Simple line drawings on a 48 x 48 field.
SIGNS = {
    "complaint.start": '<path d="M24 7 43 40H5Z"/><path d="M24 19v10M24 34v.5"/>',
    "following.mine": '<circle cx="21" cy="21" r="13"/><path d="m31 31 11 11M15 21l5 5 8-9"/>',
    "knowledge.browse": '<path d="M6 8h36v25H25l-9 8v-8H6Z"/><path d="M19 17c0-7 11-7 10 0-.6 4-5 4-5 7M24 28v.5"/>',
    "disclosure.start": '<path d="M24 5 41 11v13c0 11-8 16-17 20C15 40 7 35 7 24V11Z"/><path d="M24 15v11M24 31v.5"/>',
    "survey.start": '<path d="m24 6 5.5 12 13 1.500-9.600 8.800L35.500 41 24 34.500 12.500 41l2.600-12.700L5.500 19.500l13-1.500Z"/>',
    "office.call": '<path d="M12 6h7l4 10-5 4c2 5 5 8 10 10l4-5 10 4v7c0 4-4 6-8 6C19 40 8 29 6 14c0-4 2-8 6-8Z"/>',
    "score.now": '<path d="M6 34a18 18 0 1 1 36 0"/><path d="m24 34 9-13M6 34h36"/>',
    "score.which": '<path d="M7 42V26h8v16M20 42V8h8v34M33 42V18h8v24M4 42h40"/>',
    "score.lowest": '<path d="M6 8v34h37M13 16l9 10 6-5 12 14M40 27v8h-8"/>',
    "score.compare": '<path d="M16 42V14M32 42V22M16 14l-6 7M16 14l6 7M32 42l-6-7M32 42l6-7"/>',
    "measures.mine": '<path d="M10 6h28v36H10Z"/><path d="m16 16 2 2 4-4M16 26l2 2 4-4M16 36l2 2 4-4M27 16h6M27 26h6M27 36h6"/>',
    "help.menu": '<path d="M7 13h34M7 24h34M7 35h34"/>',
}
STYLE = """
body { margin: 0; font-family: "Noto Sans Thai", "Sarabun", "Loma", sans-serif; background: #0b4f5c }
main { display: grid; grid-template-columns: repeat(%d, 1fr); gap: 4px; width: %dpx; height: %dpx }
div { background: #fff; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 30px }
svg { width: 150px; height: 150px; fill: none; stroke: #0b4f5c; stroke-width: 2.6; stroke-linecap: round;
      stroke-linejoin: round }
span { font-size: 50px; font-weight: 600; color: #1f2933; text-align: center; line-height: 1.25 }
"""


def page(audience: str, texts: Texts) -> str:
    """The picture as a page."""
    fields = "".join(
        f'<div><svg viewBox="0 0 48 48">{SIGNS[step]}</svg><span>{escape(label(step, texts))}</span></div>'
        for step in AUDIENCES[audience]
    )
    return f"<!doctype html><meta charset=utf-8><style>{STYLE % (COLUMNS, WIDTH, HEIGHT)}</style><main>{fields}</main>"


def main() -> None:
    """Draw every picture with the system's Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only whoever draws has it

    chromium = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for audience in AUDIENCES:
            view.set_content(page(audience, Texts()))
            view.screenshot(path=PICTURES / f"{audience}.png")
        browser.close()


if __name__ == "__main__":
    main()
