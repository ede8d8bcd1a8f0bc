"""The made-up answers of the trial: each could have been typed by an officer, and is found by what it is called."""

from datetime import date

import pytest

from bot import samples
from itadomain.knowledge import find, topic

TOPICS = samples.topics()


@pytest.mark.parametrize("one", TOPICS, ids=lambda one: one.title)
def test_one_is_as_an_officer_might_keep_it(one):
    assert topic("", one.title, one.text, "", date(2026, 11, 20)).called(*one.aliases).names == one.names
    assert "(ตัวอย่าง)" in one.text


@pytest.mark.parametrize(("name", "one"), [(name, one) for one in TOPICS for name in one.names])
def test_one_is_found_by_each_of_its_names(name, one):
    assert find(name, TOPICS).sure == one
