"""One contract for both shelves: a folder, and a bucket that a stand-in on this machine plays."""

import contextlib
import hashlib
import os
import time

import pytest

from bot.evidence.file import FileShelf
from bot.evidence.s3 import S3Shelf
from bot.evidence.sealed import SealedShelf
from bot.evidence.shelf import (
    CHUNK,
    FORGOTTEN_S,
    ORIGINAL,
    SHOWN,
    CannotKeep,
    NotThere,
    name_of,
    parts_of,
    pieces,
)
from bot.storage.sealing import KeyRing, SealBroken, new_key
from tests.evidence.bucket import NAME, a_bucket

CONTENTS = "สวัสดี".encode() * 100_000
SHA = hashlib.sha256(CONTENTS).hexdigest()


@pytest.fixture(params=["file", "s3", "sealed file", "sealed s3"])
def kind(request):
    return request.param


@pytest.fixture
def bucket(monkeypatch):
    with a_bucket() as made:
        monkeypatch.setenv("AWS_ENDPOINT_URL", made.url)
        for name, value in (
            ("ACCESS_KEY_ID", "a"),
            ("SECRET_ACCESS_KEY", "b"),
            ("DEFAULT_REGION", "x-1"),
            ("CONFIG_FILE", os.devnull),
        ):
            monkeypatch.setenv(f"AWS_{name}", value)
        yield made


@pytest.fixture
def shelf(kind, tmp_path, request):
    if "file" in kind:
        plain = FileShelf(tmp_path / "evidence")
    else:
        request.getfixturevalue("bucket")
        plain = S3Shelf(NAME, "north/copies", tmp_path / "scratch")
    return SealedShelf(plain, KeyRing([new_key()])) if "sealed" in kind else plain


def put(shelf, name=None, contents=CONTENTS):
    with shelf.scratch() as folder:
        (folder / "made").write_bytes(contents)
        shelf.put(name or name_of(7, SHA), folder / "made")


def read(shelf, name=None):
    return b"".join(pieces(shelf.open(name or name_of(7, SHA))))


def test_what_is_put_comes_back(shelf):
    put(shelf)
    assert read(shelf) == CONTENTS


def test_the_same_contents_again_are_one_copy(shelf):
    put(shelf)
    put(shelf)
    assert read(shelf) == CONTENTS


def test_variants_and_agencies_are_apart(shelf):
    put(shelf)
    put(shelf, name_of(7, SHA, SHOWN), b"small")
    assert read(shelf, name_of(7, SHA, SHOWN)) == b"small"
    with pytest.raises(NotThere):
        shelf.open(name_of(8, SHA))
    shelf.remove(name_of(7, SHA))
    assert read(shelf, name_of(7, SHA, SHOWN)) == b"small"


def test_what_is_removed_is_gone_and_may_be_removed_again(shelf):
    put(shelf)
    for _ in range(2):
        shelf.remove(name_of(7, SHA))
        with pytest.raises(NotThere):
            shelf.open(name_of(7, SHA))


def test_the_scratch_folder_leaves_nothing(shelf):
    with contextlib.suppress(KeyError), shelf.scratch() as folder:
        (folder / "half").write_bytes(b"x")
        raise KeyError
    assert not folder.exists()


def test_a_healthy_shelf_has_no_fault(shelf):
    assert shelf.fault() == ""


@pytest.mark.parametrize("name", ["../../etc/passwd", f"7/{SHA}/..", f"7/{SHA}.exe", f"x/{SHA}", "7/ABC", f"7/{SHA}\n"])
def test_only_names_of_ours_are_looked_for(shelf, name):
    with pytest.raises(ValueError, match="name"):
        shelf.open(name)


def test_a_name_is_its_parts():
    assert parts_of(name_of(7, SHA, SHOWN)) == ("7", SHA, SHOWN)
    assert parts_of(name_of(7, SHA)) == ("7", SHA, ORIGINAL)


# ── the folder


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_folder_spreads_its_copies_and_shows_them_to_nobody_else(tmp_path):
    put(FileShelf(tmp_path))
    (copy,) = files(tmp_path)
    assert copy.relative_to(tmp_path).parts == ("7", SHA[:2], SHA[2:4], SHA)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert all(path.stat().st_mode & 0o077 == 0 for path in copy.relative_to(tmp_path).parents and [copy.parent])


def test_what_cannot_be_put_leaves_what_was_there(tmp_path):
    shelf = FileShelf(tmp_path)
    put(shelf)
    with shelf.scratch() as folder, pytest.raises(CannotKeep, match="no such file"):
        shelf.put(name_of(7, SHA), folder / "was never written")
    assert read(shelf) == CONTENTS


def test_a_folder_that_cannot_be_is_a_fault_and_no_crash(tmp_path):
    (tmp_path / "file").write_text("in the way")
    shelf = FileShelf(tmp_path / "file" / "evidence")
    assert "cannot be written to" in shelf.fault()
    with pytest.raises(CannotKeep), shelf.scratch():
        pass


def test_looking_for_faults_makes_nothing(tmp_path):
    assert FileShelf(tmp_path / "a" / "b").fault() == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [FileShelf, lambda folder: S3Shelf(NAME, "", folder / "scratch")])
def test_what_a_killed_process_left_is_swept_away_and_nothing_younger(tmp_path, make):
    shelf = make(tmp_path)
    old, young = tmp_path / "scratch" / "old", tmp_path / "scratch" / "young"
    for folder in (old, young):
        folder.mkdir(parents=True)
    past = time.time() - FORGOTTEN_S - 60
    os.utime(old, (past, past))
    with shelf.scratch():
        assert (old.exists(), young.exists()) == (False, True)


# ── the bucket


def test_a_bucket_keeps_everything_under_its_prefix(bucket, tmp_path):
    put(S3Shelf(NAME, "north/copies", tmp_path))
    assert list(bucket.kept) == [f"/{NAME}/north/copies/7/{SHA}"]
    assert bucket.kept[f"/{NAME}/north/copies/7/{SHA}"] == CONTENTS


@pytest.mark.parametrize("act", ["put", "open", "remove"])
def test_a_bucket_that_fails_can_be_tried_again(bucket, tmp_path, act):
    shelf = S3Shelf(NAME, "", tmp_path)
    bucket.fails = "AccessDenied"
    with pytest.raises(CannotKeep, match="AccessDenied"):
        {"put": put, "open": read, "remove": lambda s: s.remove(name_of(7, SHA))}[act](shelf)
    assert shelf.fault()
    bucket.fails = ""
    put(shelf)
    assert read(shelf) == CONTENTS
    assert shelf.fault() == ""


def test_a_bucket_that_is_not_there_is_a_fault(monkeypatch, tmp_path):
    for name, value in (
        ("ENDPOINT_URL", "http://127.0.0.1:9"),
        ("ACCESS_KEY_ID", "a"),
        ("SECRET_ACCESS_KEY", "b"),
        ("DEFAULT_REGION", "x-1"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)
    shelf = S3Shelf(NAME, "", tmp_path)
    assert NAME in shelf.fault()
    with pytest.raises(CannotKeep):
        put(shelf)


# ── under a seal


@pytest.fixture
def sealed(tmp_path):
    return SealedShelf(FileShelf(tmp_path), KeyRing([new_key()]))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_sealed_copy_of_any_size_comes_back_and_cannot_be_read_on_the_disk(sealed, tmp_path, size):
    contents = (b"secret " * (size // 7 + 1))[:size]
    put(sealed, contents=contents)
    assert read(sealed) == contents
    (file,) = files(tmp_path)
    assert b"secret" not in file.read_bytes()


@pytest.mark.parametrize("tamper", [
    lambda lines: lines[:-1], lambda lines: lines[1:], lambda lines: [lines[1], lines[0], *lines[2:]], lambda lines: lines[:0],
    lambda lines: [*lines, lines[-1]], lambda lines: [lines[0][:-1] + (b"A" if lines[0][-1:] != b"A" else b"B"), *lines[1:]],
])  # fmt: skip
def test_a_sealed_copy_that_was_changed_does_not_open(sealed, tmp_path, tamper):
    put(sealed, contents=CONTENTS)
    (file,) = files(tmp_path)
    file.write_bytes(b"".join(line + b"\n" for line in tamper(file.read_bytes().splitlines())))
    with pytest.raises(SealBroken):
        read(sealed)


def test_a_sealed_copy_opens_under_its_own_name_only(sealed, tmp_path):
    put(sealed)
    (file,) = files(tmp_path)
    file.rename(file.with_name(file.name + SHOWN))
    with pytest.raises(SealBroken):
        read(sealed, name_of(7, SHA, SHOWN))
