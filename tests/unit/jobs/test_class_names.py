"""What the submissions of a class are called: each differently, by something that can be a file
name anywhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.jobs.names import names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["class/ann", "class/bob.py", "class/carl/"], ("ann", "bob", "carl")),
        (["ann/server.py", "bob/server.py"], ("ann-server", "bob-server")),
        (["ann/server.py", "bob/server.py", "c/other.py"], ("ann-server", "bob-server", "other")),
        (["x/ann/s.py", "y/ann/s.py"], ("ann-s", "ann-s-2")),
        (["c/ann.py", "c/ann", "c/ann.py"], ("c-ann", "c-ann-2", "c-ann-3")),
        (["x/a/s.py", "y/a/s.py", "z/a-s-2"], ("a-s", "a-s-3", "a-s-2")),
        (["c/Ann.py", "d/ann.py"], ("c-Ann", "d-ann")),
        (["c/\u00e9mile.py", "c/\u65e5\u672c"], ("\u00e9mile", "\u65e5\u672c")),
        (["./-rf", "./.hidden", "./..."], ("rf", "hidden", "submission")),
        (["c/a\nb.py", "c/\x1b[31mred", "d/a\u202eb"], ("c-a_b", "31mred", "d-a_b")),
        (["c/.py"], ("py",)),
        (["/"], ("submission",)),
        (["=1+1.py"], ("1+1",)),
    ],
)
def test_names(paths: list[str], expected: tuple[str, ...]) -> None:
    assert names(paths) == expected


def test_names_that_are_not_text() -> None:
    assert names([os.fsdecode(b"caf\xe9.py")]) == ("caf_",)


def test_a_relative_path_is_called_by_what_it_means(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (place := tmp_path / "ann").mkdir()
    monkeypatch.chdir(place)
    assert names([".", ".."])[0] == "ann"


@given(
    st.lists(st.text(min_size=1, max_size=300).filter(lambda text: "\0" not in text), max_size=12)
)
def test_names_are_unique_and_safe(paths: list[str]) -> None:
    found = names(paths)
    assert len({name.casefold() for name in found}) == len(paths)
    for name in found:
        assert name.isprintable()
        assert "/" not in name
        assert name[0] not in ".-=+@"
        assert len(name.encode()) < 200
