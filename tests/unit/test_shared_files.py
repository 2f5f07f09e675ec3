"""The directory a server is given: what is put there, and what is found there, whatever the server left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import shared_files
from grader.shared_files import SharedFiles, first_difference


@pytest.fixture
def files(tmp_path: Path) -> SharedFiles:
    return SharedFiles(tmp_path)


def test_what_is_put_is_read(files: SharedFiles) -> None:
    path = files.put("deep/name", b"\0\xff")
    assert path == files.directory / "deep" / "name"
    assert files.read("deep/name") == b"\0\xff"
    assert files.read("empty") is None
    files.put("empty", b"")
    assert files.read("empty") == b""


def test_what_is_put_outside_is_not_in_the_directory(files: SharedFiles) -> None:
    assert files.put_outside("secret", b"x") == files.root / "secret"
    assert files.read("secret") is None
    assert files.read("../secret") == b"x"


def test_there_may_be_files_already(tmp_path: Path) -> None:
    SharedFiles(tmp_path).put("name", b"x")
    assert SharedFiles(tmp_path).read("name") == b"x"


def test_everything_is_found(files: SharedFiles) -> None:
    files.put("a", b"1")
    files.put("b/c", b"2")
    files.put_outside("d", b"3")
    assert files.everything() == {"public/": None, "public/a": b"1", "public/b/": None, "public/b/c": b"2", "d": b"3"}
    assert files.names() == set(files.everything())


def test_nothing_that_a_server_left_is_followed(files: SharedFiles) -> None:
    files.put_outside("secret", b"x")
    files.link("link", files.root / "secret")
    files.link("broken", Path("nowhere"))
    files.link("up", files.root)
    os.mkfifo(files.directory / "fifo")
    assert [files.read(name) for name in ("link", "broken", "up", "fifo")] == [None] * 4
    found = files.everything()
    assert {found[f"public/{name}"] for name in ("link", "broken", "fifo")} == {None}
    assert found["public/up/"] is None
    assert len(found) == 6, "a link to a directory is not walked into"


def test_a_directory_is_not_a_file(files: SharedFiles) -> None:
    (files.directory / "folder").mkdir()
    assert files.read("folder") is None


def test_a_device_is_not_read(files: SharedFiles) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "directory", Path("/dev"))
        assert files.read("zero") is None


def test_something_endless_is_read_in_part(files: SharedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_files, "_READ_LIMIT", 1000)
    files.put("long", b"x" * 5000)
    assert files.read("long") == b"x" * 1000


def test_names_of_any_bytes(files: SharedFiles) -> None:
    name = os.fsdecode(b"caf\xe9")
    files.put(name, b"x")
    assert files.everything()[f"public/{name}"] == b"x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(files: SharedFiles) -> None:
    files.put("locked", b"x").chmod(0)
    assert files.read("locked") is None


@pytest.mark.parametrize(
    ("one", "other", "offset"),
    [(b"", b"", 0), (b"a", b"", 0), (b"", b"a", 0), (b"abc", b"abd", 2), (b"abc", b"ab", 2), (b"abc", b"abc", 3)],
)
def test_the_first_difference(one: bytes, other: bytes, offset: int) -> None:
    assert first_difference(one, other) == offset


@given(st.binary(), st.binary(), st.binary())
def test_the_first_difference_of_any(begin: bytes, one: bytes, other: bytes) -> None:
    one, other = begin + one, begin + other
    offset = first_difference(one, other)
    assert one[:offset] == other[:offset]
    assert offset == first_difference(other, one)
    assert one[offset : offset + 1] != other[offset : offset + 1] or one == other
