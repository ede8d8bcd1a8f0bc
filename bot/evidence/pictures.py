"""Pictures to look at: drawn anew from the original, so that nothing a camera or a person wrote into it comes along."""

import threading
import warnings
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageOps

from bot.evidence.passes import passes
from bot.evidence.shelf import SHOWN, SMALL
from bot.evidence.sniffing import GIF, JPEG, PNG, WEBP
from itadomain.refusals import Refusal

FORMATS: Mapping[str, str] = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP"}
#: The longest side in dots. LINE shows no more than this, and takes a preview of a megabyte.
SIDES: Mapping[str, int] = {SHOWN: 1600, SMALL: 240}
#: A phone's camera makes fewer. A JPEG alone can be unpacked to less than its full size; the others fill the memory.
MOST_DOTS: Mapping[str, int] = {JPEG: 60_000_000, PNG: 12_000_000, GIF: 12_000_000, WEBP: 12_000_000}
#: Of a JPEG that was written in several passes, which fills the memory too; and so many passes at most.
MOST_DOTS_IN_PASSES, MOST_PASSES = 16_000_000, 200
QUALITY = 85
_ALONE = threading.Lock()


def draw(original: Path, media_type: str, folder: Path) -> Mapping[str, Path]:
    """The pictures to show, by variant; Refusal where the original is not the picture it begins as."""
    try:
        with _ALONE, warnings.catch_warnings():  # two at once would need twice the memory
            warnings.simplefilter("ignore")  # odd notes of a camera are not drawn anyway
            return _drawn(original, media_type, folder)
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        raise Refusal("evidence.broken_picture") from error


def _drawn(original: Path, media_type: str, folder: Path) -> Mapping[str, Path]:
    with Image.open(original, formats=[FORMATS[media_type]]) as picture:
        if picture.width * picture.height > _most_dots(original, media_type):
            raise Refusal("evidence.too_many_dots")
        upright = _on_white(_upright(_small(picture)))
    return {variant: _saved(upright, side, folder / f"drawn{variant}") for variant, side in SIDES.items()}


def _most_dots(original: Path, media_type: str) -> int:
    count = passes(original.read_bytes()) if media_type == JPEG else 1
    if count > MOST_PASSES:
        raise Refusal("evidence.broken_picture")
    return MOST_DOTS[media_type] if count == 1 else MOST_DOTS_IN_PASSES


def _small(picture: Image.Image) -> Image.Image:
    """No larger than it is shown, before anything else takes a copy; a palette has no colours in between."""
    smaller = picture.convert("RGBA") if picture.mode in {"P", "PA", "1"} else picture
    smaller.thumbnail((SIDES[SHOWN], SIDES[SHOWN]))  # which does not unpack a large JPEG to its full size
    smaller.load()
    return smaller


def _upright(picture: Image.Image) -> Image.Image:
    """As the camera was held; as it is where the camera's notes cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 - notes may be damaged in any way, and the picture is there all the same
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which JPEG has not."""
    if picture.mode in {"RGB", "L"}:
        return picture.convert("RGB")
    seen_through = picture.convert("RGBA")
    paper = Image.new("RGB", seen_through.size, "white")
    paper.paste(seen_through, mask=seen_through.getchannel("A"))
    return paper


def _saved(picture: Image.Image, side: int, file: Path) -> Path:
    smaller = picture.copy()
    smaller.info = {}
    smaller.thumbnail((side, side))
    smaller.save(file, "JPEG", quality=QUALITY)
    return file
