"""The file of the record: a crash in mid-write leaves the old one, and another run's changes are
kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.progress import folder
from grader.progress.ci import is_ci
from grader.progress.record import Progress, StageRecord

if TYPE_CHECKING:
    from pathlib import Path

ONE = Progress({"c": {"one": StageRecord(1, 1)}})
TWO = Progress({"c": {"two": StageRecord(2, 2)}})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert folder.read(tmp_path) == Progress()
    folder.make(tmp_path)
    folder.make(tmp_path)
    folder.update(tmp_path, lambda _: ONE)
    assert folder.read(tmp_path) == ONE
    assert os.listdir(tmp_path / ".grade") == ["progress.json"]


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_write_that_breaks_off_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder.make(tmp_path)
    folder.update(tmp_path, lambda _: ONE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(
        folder.NotKept, match=r"\.grade/progress\.json cannot be written: No space left on device"
    ):
        folder.update(tmp_path, lambda _: TWO)
    assert folder.read(tmp_path) == ONE
    assert os.listdir(tmp_path / ".grade") == ["progress.json"]


def test_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for name in ("fsync", "rename"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os,
            name,
            lambda *a, _real=real, _name=name, **k: (steps.append(_name), _real(*a, **k))[1],
        )
    folder.make(tmp_path)
    folder.update(tmp_path, lambda _: ONE)
    assert steps == ["fsync", "rename", "fsync"]


def test_a_change_is_made_to_what_is_there_now(tmp_path: Path) -> None:
    folder.make(tmp_path)
    folder.update(tmp_path, lambda _: ONE)
    seen: list[Progress] = []
    folder.update(tmp_path, lambda now: (seen.append(now), TWO)[1])
    assert seen == [ONE]


def test_without_its_folder_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(folder.NotKept, match=r"the directory \.grade was removed"):
        folder.update(tmp_path, lambda _: ONE)
    assert os.listdir(tmp_path) == []
    assert not folder.set_aside(tmp_path)


@pytest.mark.parametrize(
    ("value", "ci"),
    [(None, False), ("", False), ("0", False), ("FALSE", False), ("1", True), ("true", True)],
)
def test_ci(value: str | None, ci: bool) -> None:
    assert is_ci({} if value is None else {"CI": value}) is ci


def test_a_record_is_that_of_one_program(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("")
    folder.make(tmp_path)
    folder.update(tmp_path, lambda _: ONE.of_program("one.py"))
    for program in ("one.py", ""):
        assert folder.read_own(tmp_path, program).program == "one.py"
    with pytest.raises(folder.NotKept, match=r"keeps that of one\.py; put two\.py into"):
        folder.read_own(tmp_path, "two.py")
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    assert folder.read_own(tmp_path, "two.py").of("c") == ONE.of("c")
    assert ONE.of_program("") == ONE
    assert ONE.of_program("x" * 101) == ONE
