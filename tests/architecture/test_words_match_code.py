"""What the code says and what the language files hold are the same, both ways and in every language.

A key without a text fails in front of a person; a text without a key is translated for nobody.
"""

import ast
import dataclasses
import re
import tomllib
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.line.limits import QUICK_LABEL, graphemes
from bot.line.richmenu import AUDIENCES
from bot.texts import LOCALES, Texts, blanks
from handlers import FEATURES
from handlers.agency.administration import DESK
from handlers.cases.topics import STEPS
from handlers.common.help import CITIZEN, INSIDER
from itadomain.audit import Code, audit
from itadomain.cases.case import TAKEN_BACK
from itadomain.cases.categories import FIRST
from itadomain.cases.deadlines import Step
from itadomain.cases.forms import FORMS
from itadomain.cases.moves import Move
from itadomain.cases.phrases import phrases
from itadomain.changes import WRITTEN_DOWN
from itadomain.corrections import facts_of
from itadomain.documents import doubts
from itadomain.documents.shape import Place
from itadomain.history import Deed
from itadomain.importing import COMPARED, COMPARED_RESULT
from itadomain.knowledge import PARTS
from itadomain.people import LANGUAGES, Role
from itadomain.periods import Doubt, MeetingKind, Rule, Told, Weekday, Why
from itadomain.reporting import CHANGING, SAID
from tests.architecture.source import ROOT, SHIPPED, calls, constants, modules, name_of, text_of
from tests.fakes import CONTRADICTIONS, a_measure

WORDS = Texts().words
THAI, ENGLISH = WORDS["th"], WORDS["en"]
FILES = {key.split(".")[0] for key in THAI}
LOOKS_LIKE_A_KEY = re.compile(rf"(?:{'|'.join(sorted(FILES))})\.[a-z0-9_]*[a-z0-9]")
IN_A_PAGE = re.compile(r'\bt\("([a-z_.]+)"')
SPEAKING = {"say", "ask", "words", "Words", "Refusal"}
NOT_BLANKS = {"then", "choices", "draft"}
IN_A_LIST = {Code.SECOND_HEADLINE, Code.TABLES_DISAGREE}

#: Names of things and of languages, which keep their letters in any language.
LATIN_NAMES = {
    "A", "O", "LINE", "ITA", "ITAS", "IIT", "EIT", "OIT", "English", "Language", "PDF", "Word", "Excel", "LibreOffice", "PowerPoint", "https",
}  # fmt: skip
#: Said in both languages at once: whoever reads only one of them must be able to answer.
BILINGUAL = {
    "account.which_language", "account.which_language_again", "account.language_th", "account.language_en",
    "account.no_such_language", "menu.account_language",
}  # fmt: skip


def made_from_data() -> set[str]:
    """Keys that are put together from a closed list."""
    steps = {*CITIZEN, *INSIDER, *DESK, *(step for fields in AUDIENCES.values() for step in fields), "help.menu"}
    return {
        *(f"finding.{code}" for code in Code),
        *(f"finding.{code}_{fits}" for code in IN_A_LIST for fits in ("fits", "fits_not")),
        *(f"document.{code}" for code in doubts.Code),
        *(f"importing.place_{part.name}" for part in dataclasses.fields(Place)),
        *(f"document.ask_{code}" for code in doubts.Ask),
        *(Told(code).key for codes in (Rule, Doubt, Why) for code in codes),
        *(name.key for names in (MeetingKind, Weekday) for name in names),
        *(f"account.role_{role}" for role in Role),
        *(f"account.language_{language}" for language in LANGUAGES),
        *(f"menu.{step.replace('.', '_')}" for step in steps),
        *(f"history.{deed}" for deed in Deed),
        *(f"category.{code}" for code in FIRST),
        *(f"case.{told}_{step}" for told in ("due", "why") for step in Step),
        *(key for move in (None, *Move) for key in phrases(move)),
        *(f"knowledge.{part}" for part in PARTS),
        *(f"topics.tap_{step}" for step in STEPS),
        *(f"request.form_{form.code}" for form in FORMS),
        *(f"request.{told}_{field.key}" for told in ("ask", "field") for form in FORMS for field in form.fields),
        *(f"case.move_{move}" for move in (*Move, TAKEN_BACK)),
        *(f"history.field_{name}" for name in (SAID, *CHANGING, *WRITTEN_DOWN, *facts_of(a_measure()), *COMPARED)),
        *(f"importing.part_{name}" for name in COMPARED_RESULT),
    }


def named() -> set[str]:
    """Everything in the code that looks like a key of a language file."""
    found = {text for tree in modules(*SHIPPED).values() for text in constants(tree)}
    found |= {key for page in (ROOT / "bot").rglob("*.html") for key in IN_A_PAGE.findall(page.read_text("utf-8"))}
    return {text for text in found if LOOKS_LIKE_A_KEY.fullmatch(text)}


def spoken() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call that says a text by a key that stands there."""
    for path, tree in modules(*SHIPPED).items():
        for call in calls(tree):
            key = text_of(call.args[0]) if call.args and name_of(call.func) in SPEAKING else None
            if key is not None and LOOKS_LIKE_A_KEY.fullmatch(key):
                yield f"{path}:{call.lineno}", call, key


def test_the_scan_sees_the_texts():
    assert len(list(spoken())) > 60


def test_every_key_that_is_said_has_a_text():
    assert {f"{where} {key}" for where, _, key in spoken() if key not in THAI} == set()


def test_every_key_in_the_code_is_a_text_or_a_step():
    assert named() - THAI.keys() - FEATURES.steps.keys() == set()


def test_every_key_made_from_data_has_a_text():
    assert made_from_data() - THAI.keys() == set()


def test_every_text_is_said_somewhere():
    said = {key for key in THAI if not key.startswith("typed.")}  # those are heard, not said
    assert said - named() - made_from_data() == set()


def test_every_typed_word_starts_a_step():
    assert set(Texts().commands().values()) <= {name for name, step in FEATURES.steps.items() if step.starts}


def test_all_languages_have_the_same_keys():
    assert {language: sorted(THAI.keys() ^ table.keys()) for language, table in WORDS.items() if table != THAI} == {
        language: [] for language in WORDS if language != "th"
    }


def test_the_languages_are_those_that_can_be_chosen():
    assert sorted(WORDS) == sorted(LANGUAGES)


@pytest.mark.parametrize("file", sorted(LOCALES.glob("*/*.toml")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_file_of_texts_holds_texts_only(file):
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [key for key, text in table.items() if not isinstance(text, str) or not text.strip()] == []


@pytest.mark.parametrize("language", WORDS)
def test_a_text_has_the_same_blanks_in_every_language(language):
    table = WORDS[language]
    assert [key for key, text in THAI.items() if key in table and blanks(table[key]) != blanks(text)] == []


@pytest.mark.parametrize("language", WORDS)
def test_a_blank_is_a_plain_name(language):
    """«{year:d}» or «{0}» would be read by nobody but a programmer."""
    left = {key: re.sub(r"\{[a-z_]+\}", "", text) for key, text in WORDS[language].items()}
    assert [key for key, text in left.items() if "{" in text or "}" in text] == []


def test_every_blank_is_filled_and_no_fact_is_left_over():
    wrong = []
    for where, call, key in spoken():
        given = {keyword.arg for keyword in call.keywords if keyword.arg} - NOT_BLANKS
        more = any(keyword.arg is None for keyword in call.keywords)
        wanted = blanks(THAI.get(key, ""))
        if given - wanted or (wanted - given and not more and name_of(call.func) != "Words"):
            wrong.append(f"{where} {key}: given {sorted(given)}, blanks {sorted(wanted)}")
    assert wrong == []


@pytest.mark.parametrize("code", Code)
def test_a_finding_fills_its_text(code):
    finding = audit(CONTRADICTIONS[code][0]).findings[0]
    assert blanks(THAI[f"finding.{code}"]) <= finding.facts.keys()
    assert ("fits" in finding.facts) == (code in IN_A_LIST)


def test_thai_texts_contain_no_latin_words_but_names():
    strange = {
        key: found
        for key, text in THAI.items()
        if key not in BILINGUAL
        and (found := set(re.findall(r"[A-Za-z]+", re.sub(r"\{[a-z_]+\}", "", text))) - LATIN_NAMES)
    }
    assert strange == {}


def test_english_texts_contain_no_thai_letters():
    assert {
        key: text for key, text in ENGLISH.items() if key not in BILINGUAL and re.search("[\u0e00-\u0e7f]", text)
    } == {}


def test_the_exceptions_are_still_needed():
    assert THAI.keys() >= BILINGUAL
    assert all(any(name in text for text in THAI.values()) for name in LATIN_NAMES)


@pytest.mark.parametrize("language", WORDS)
def test_what_stands_on_a_button_fits_it(language):
    label = re.compile(r"(menu\..*|.*\.(tap|pick)_.*|account\.language_(th|en))")
    longest = {
        "day": "30 ก.ย. 2570",
        "no": "11",
        "percent": "100",
        "year": "2570",
        "count": "99",
        "unit": "กองคลัง",
        "ticket": "69-000123-C",
        "phone": "022718000",
        "rung": "เมื่อเปิดรอบ",
        "days": "30",
        "instrument": "EIT",
        "kind": "หลังรับบริการ" if language == "th" else "EIT rehearsal",
        "code": "E15",
    }
    told = {key: text.format_map(longest) for key, text in WORDS[language].items() if label.fullmatch(key)}
    assert len(told) > 20
    assert {key: text for key, text in told.items() if graphemes(text) > QUICK_LABEL} == {}


@pytest.mark.parametrize("language", WORDS)
def test_no_two_taps_of_the_menu_read_the_same(language):
    """A typed label must lead to one step."""
    labels = Counter(text.casefold() for key, text in WORDS[language].items() if key.startswith("menu."))
    assert [label for label, times in labels.items() if times > 1] == []


def test_no_text_has_loose_ends():
    loose = re.compile(r"^\s|\s$|  |\t|\u200b|\ufeff")
    inside = {"finding.second_headline_fits", "finding.second_headline_fits_not"}  # continue a sentence
    found = [(language, key) for language, table in WORDS.items() for key, text in table.items() if loose.search(text)]
    assert [key for _, key in found if key not in inside] == []
