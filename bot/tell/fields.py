"""How the fields are called, what is asked for them, and what helps to answer."""

from collections.abc import Mapping

FIELDS: Mapping[str, Mapping[str, str]] = {
    "names": {
        "who": "tell.field_who",
        "what": "tell.field_what",
        "when": "tell.field_when",
        "where": "tell.field_where",
        "evidence": "tell.field_evidence",
        "name": "tell.field_name",
        "contact": "tell.field_contact",
    },
    "questions": {
        "what": "tell.ask_what",
        "when": "tell.ask_when",
        "where": "tell.ask_where",
        "evidence": "tell.ask_evidence",
    },
    "hints": {
        "what": "tell.hint_what",
        "when": "tell.hint_when",
        "where": "tell.hint_where",
        "evidence": "tell.hint_evidence",
    },
}
