"""What a disclosure's own key seals, as text and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Accused, Disclosure, Draft, File, Identity, Part, Reveal


def told(one: Draft | Disclosure) -> str:
    """What was told and about whom; of a kept one also that somebody asked who brought it."""
    accused = {
        name: sorted(value) if isinstance(value, frozenset) else value for name, value in vars(one.accused).items()
    }
    reveal = one.reveal if isinstance(one, Disclosure) else None
    return _json({
        "told": {part.value: words for part, words in one.told.items()},
        "accused": accused,
        "reveal": asdict(reveal) if reveal else None,
    })  # fmt: skip


def told_again(text: str) -> dict[str, Any]:
    """The same, by the names of a disclosure."""
    kept = json.loads(text)
    accused: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in kept["accused"].items()
    }
    return {
        "told": {Part(part): words for part, words in kept["told"].items()},
        "accused": Accused(**accused),
        "reveal": Reveal(**kept["reveal"]) if kept["reveal"] else None,
    }


def identity(one: Identity) -> str:
    """Who brought it."""
    return _json(asdict(one))


def identity_again(text: str) -> Identity:
    """The same."""
    return Identity(**json.loads(text))


def line(one: Line) -> str:
    """Who said what; its day stands beside it."""
    return _json({"voice": one.voice.value, "by": one.by, "words": one.words})


def line_again(text: str, on: date) -> Line:
    """The same."""
    kept = json.loads(text)
    return Line(Voice(kept["voice"]), kept["by"], on, kept["words"])


def file(one: File) -> str:
    """What is known of a file."""
    return _json({**asdict(one), "on": one.on.isoformat()})


def file_again(text: str) -> File:
    """The same."""
    kept = json.loads(text)
    return File(**{**kept, "on": date.fromisoformat(kept["on"])})


def _json(kept: Mapping[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False)
