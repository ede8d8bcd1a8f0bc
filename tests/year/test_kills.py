"""Killed at random days and times, the year's record is the same: who was told what, and when."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.year.living import Life, moments
from tests.year.world import FIRST, LAST, World

pytestmark = pytest.mark.timeout(900)
ROOT = Path(__file__).resolve().parents[2]
KILLS, SHORTEST_S, LONGEST_S = 12, 0.05, 2.0
SLUGS = {"sqlite": ("thaimueang", "nongmueang"), "postgresql": ("nongmueang",)}


@pytest.fixture(params=SLUGS)
def copies(request, tmp_path):
    """Two copies of one world before its year begins: folders with the addresses of their databases."""
    slugs, first, second = SLUGS[request.param], tmp_path / "first", tmp_path / "second"
    first.mkdir()
    if request.param == "sqlite":
        World.at(first, slugs).fill().close()
        shutil.copytree(first, second)
        yield slugs, (first, ""), (second, "")
        return
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    second.mkdir()
    cluster = postgres.cluster()
    name = cluster.new_database()
    World.at(first, slugs, cluster.url(name)).fill().close()
    copy = cluster.new_database(template=name)
    yield slugs, (first, cluster.url(name)), (second, cluster.url(copy))
    for one in (name, copy):
        cluster.drop(one)


def test_a_year_with_kills_has_the_record_of_one_without(copies):
    slugs, calm, rough = copies
    world = World.at(calm[0], slugs, calm[1])
    Life(world).live()
    killed = _lives_with_kills(slugs, *rough)
    after = World.at(rough[0], slugs, rough[1])
    for slug in slugs:
        told = _record(world, slug)
        assert len(told) > 50
        assert _record(after, slug) == told
        assert _standing(after, slug) == _standing(world, slug)
    assert killed >= KILLS // 2
    world.close()
    after.close()


def _lives_with_kills(slugs, folder, url):
    """Let the year be lived by processes, most of which are killed; gives how many were amid it."""
    chance, killed = random.Random(2570), 0
    for number in range(KILLS * 4):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.year.child", str(folder), url, ",".join(slugs)], cwd=ROOT,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout.readline() == "ready\n"
        if number < KILLS:
            try:
                child.wait(chance.uniform(SHORTEST_S, LONGEST_S))
            except subprocess.TimeoutExpired:
                child.kill()
                killed += 1
        child.wait()
        child.stdout.close()
        if child.returncode == 0:
            break
        assert child.returncode == -9
    assert int((folder / "stands").read_text()) == len(list(moments(FIRST, LAST)))
    return killed


def _record(world, slug):
    """Who was told what, and when; two of one moment in no order."""
    return sorted((letter.at, letter.person, letter.text) for _, letter in world.letters(slug))


def _standing(world, slug):
    """What is remembered of reminding."""
    return world.reads(slug, lambda store: (sorted(store.reminders.all(), key=lambda one: one.person), _climbed(store)))


def _climbed(store):
    return sorted(store.escalations.all(), key=lambda one: one.obligation)
