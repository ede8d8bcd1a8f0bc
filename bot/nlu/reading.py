"""What was understood of one message."""

from collections.abc import Mapping
from dataclasses import dataclass

OUT_OF_SCOPE = "out_of_scope"

#: Every intent and the values that belong to it.
SLOTS: Mapping[str, tuple[str, ...]] = {
    "ask_score": ("year", "official"),
    "ask_indicator_score": ("indicator", "instrument", "year", "lowest", "highest", "question"),
    "ask_trend": ("years", "indicator", "instrument"),
    "my_measures": ("owner",),
    "measure_detail": ("measure", "measure_text"),
    "update_progress": ("measure", "percent", "status", "note"),
    "report_obstacle": ("measure", "note"),
    "attach_evidence": ("measure", "note", "question"),
    "overdue_list": ("owner",),
    "assessment_calendar": (),
    "oit_register": ("year", "question"),
    "broadcast_request": ("audience", "message"),
    "register_staff": ("code",),
    "file_complaint": ("category", "location"),
    "report_corruption": (),
    "track_complaint": ("ticket",),
    "satisfaction_survey": ("rating",),
    "contact_info": ("topic",),
    "ask_service_info": ("topic",),
    "talk_to_human": (),
    "change_language": ("language",),
    "cancel": (),
    "help": (),
    "greeting": (),
    "thanks": (),
    "privacy": (),
    OUT_OF_SCOPE: (),
}


@dataclass(frozen=True)
class Reading:
    """An intent, the values found for it, how sure we are, and up to three other candidates."""

    intent: str
    values: Mapping[str, object]
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


NOTHING = Reading(OUT_OF_SCOPE, {}, 0.0)


def as_json(reading: Reading) -> dict[str, object]:
    """The reading as one object of the command line's answer."""
    return {
        "intent": reading.intent,
        "values": dict(reading.values),
        "confidence": reading.confidence,
        "others": [{"intent": intent, "confidence": confidence} for intent, confidence in reading.others],
    }
