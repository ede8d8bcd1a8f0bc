"""Draws a picture, or the pages of a PDF, anew: a program of its own, started for one file with no key in reach.

Nothing of the file goes into what is drawn but dots: no place, no name of a maker, no text and no script behind it.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

MEMORY, LARGEST, SECONDS = 640 * 2**20, 64 * 2**20, 30
MOST_PAGES = 20
#: The longest side of a page in dots.
SIDE, QUALITY = 1600, 80
DOTS_AN_INCH = 150
PDF_MEDIA = "application/pdf"
#: How it ends where nothing could be drawn.
BROKEN, TOO_MANY = 3, 4
PACKAGES = Path(__file__).resolve().parents[2]


def draw_apart(original: Path, media_type: str, drawn: Path) -> int:
    """Draw a file in a process of its own; gives 0 where it was done, else why not."""
    command = [sys.executable, "-m", __name__, media_type, str(original), str(drawn)]
    try:
        ran = subprocess.run(  # noqa: S603 - our own program
            command,
            env={"PYTHONPATH": str(PACKAGES), "TMPDIR": str(drawn.parent)},  # and none of ours, which has the keys
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what a library says of a file may be a person's
            timeout=SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return BROKEN
    if ran.returncode == 0 and not drawn.is_file():
        return BROKEN
    return ran.returncode if ran.returncode in {0, TOO_MANY} else BROKEN


def main(media_type: str, original: Path, drawn: Path) -> int:
    """Draw one file within bounds."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, LARGEST), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.umask(0o077)
    if media_type == PDF_MEDIA:
        return _pages(original, drawn)
    from bot.evidence.pictures import draw  # noqa: PLC0415 - after the bounds are set
    from bot.evidence.shelf import SHOWN  # noqa: PLC0415

    draw(original, media_type, drawn.parent)[SHOWN].replace(drawn)
    return 0


def _pages(original: Path, drawn: Path) -> int:
    """A PDF of pictures of the pages."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - after the bounds are set
    from PIL import Image  # noqa: PLC0415

    document = pypdfium2.PdfDocument(original)
    if len(document) > MOST_PAGES:
        return TOO_MANY
    files = []
    for number, page in enumerate(document):
        scale = SIDE / max(1.0, *page.get_size())
        files.append(drawn.with_name(f"page{number}"))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        picture.save(files[-1], "JPEG", quality=QUALITY)
    first, *others = [Image.open(file, formats=["JPEG"]) for file in files]
    nothing = {"title": None, "creationDate": None, "modDate": None}
    first.save(drawn, "PDF", save_all=True, append_images=others, resolution=DOTS_AN_INCH, quality=QUALITY, **nothing)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
