import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.audit_log import BEGINNING, Deed, Entry, Happened, entry_of, verified

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HAPPENED = st.builds(
    Happened,
    st.sampled_from(Deed),
    st.integers(0, 10_000).map(lambda minutes: BEGAN + timedelta(minutes=minutes)),
    st.text(max_size=8),
    st.text(max_size=8),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
)


def a_log(happened):
    log, before = [], BEGINNING
    for no, one in enumerate(happened, 1):
        log.append(Entry(no, one, before))
        before = log[-1].digest
    return log


@given(st.lists(HAPPENED, max_size=6))
def test_a_whole_log_fits_and_comes_back_from_its_lines(happened):
    log = a_log(happened)
    assert [entry_of(entry.line) for entry in log] == log
    assert verified(log).broken is None
    assert verified(log).entries == len(log)


@given(st.lists(HAPPENED, min_size=2, max_size=6), st.data())
def test_a_line_that_was_changed_taken_out_or_moved_is_found(happened, data):
    log = a_log(happened)
    place = data.draw(st.integers(0, len(log) - 2))  # the last one is found by a digest that was noted
    changed = replace(log[place], happened=replace(log[place].happened, by=log[place].happened.by + "x"))
    assert verified([*log[:place], changed, *log[place + 1 :]]).broken == place + 2
    assert verified([*log[:place], *log[place + 1 :]]).broken == place + 1
    assert verified([*log[:place], log[place + 1], log[place], *log[place + 2 :]]).broken == place + 1


def test_an_outsider_verifies_the_file_with_nothing_but_a_hash():
    """The recipe of docs/audit.md, as anybody would write it."""
    lines = [entry.line for entry in a_log([Happened(Deed.LOOKED, BEGAN, "p1", "c1")] * 3)]
    before = "0" * 64
    for line in lines:
        assert json.loads(line)["before"] == before
        before = sha256(line.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(
    "written",
    [
        lambda line: line.replace(",", ", "),
        lambda line: line[:-1] + ',"by":"p1"}',  # what stands last counts, what stands first is read
        lambda line: line[:-1] + ',"seen":"by nobody"}',
    ],
)
def test_a_line_that_is_written_otherwise_is_no_line(written):
    """An outsider hashes what stands there, not what could be read from it."""
    line = Entry(1, Happened(Deed.LOOKED, BEGAN, "p1", "c1"), BEGINNING).line
    assert entry_of(line + "\n").line == line
    with pytest.raises(ValueError, match="as it is exported"):
        entry_of(written(line))


@pytest.mark.parametrize("line", ["", "{}", "[]", "null", '{"no": 1}', '{"no":1,"at":"x","deed":"looked"}'])
def test_what_is_no_line_is_said_to_be_none(line):
    with pytest.raises(ValueError, match=r"not a line|Expecting value|isoformat"):
        entry_of(line)
