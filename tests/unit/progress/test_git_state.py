"""The commit of a directory: as git tells it, and without running what the repository asks for."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from grader.progress.git_state import moment

if TYPE_CHECKING:
    from pathlib import Path


def git(place: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    run = subprocess.run(
        ["git", *identity, *words], cwd=place, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (place := tmp_path / "repository" / "inner").mkdir(parents=True)
    git(place.parent, "init", "-q")
    (place / "a.txt").write_text("a\n")
    git(place, "add", ".")
    git(place, "commit", "-qm", "one")
    return place


def test_a_clean_one_and_one_with_changes(repository: Path) -> None:
    found = moment(repository)
    assert (found.commit, found.dirty) == (git(repository, "rev-parse", "HEAD"), False)
    (repository / "untracked").write_text("x")
    assert moment(repository).dirty is False
    (repository / "a.txt").write_text("b\n")
    assert moment(repository).dirty is True
    git(repository, "add", ".")
    assert moment(repository).dirty is True
    git(repository, "commit", "-qm", "two")
    assert moment(repository).dirty is False


def test_wherever_git_keeps_the_name_of_the_commit(repository: Path, tmp_path: Path) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    git(repository, "pack-refs", "--all")
    git(repository, "gc", "-q")
    assert (moment(repository).commit, moment(repository).dirty) == (commit, False)
    git(repository, "checkout", "-q", "--detach")
    assert moment(repository).commit == commit
    git(repository, "worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    assert (moment(tmp_path / "other").commit, moment(tmp_path / "other").dirty) == (commit, False)


def test_none_and_one_without_a_commit(tmp_path: Path) -> None:
    assert (moment(tmp_path).commit, moment(tmp_path).dirty) == (None, None)
    git(tmp_path, "init", "-q")
    assert (moment(tmp_path).commit, moment(tmp_path).dirty) == (None, None)


def test_nothing_that_the_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    traces = tmp_path / "traces"
    traces.mkdir()
    command = f"touch {traces}/run; cat"
    git(repository, "config", "core.fsmonitor", f"touch {traces}/monitor; false")
    for name in ("clean", "smudge", "process"):
        git(repository, "config", f"filter.evil.{name}", command)
    (repository / ".gitattributes").write_text("* filter=evil\n")
    (repository / ".git-not").write_text("")
    hook = repository.parent / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {traces}/hook\n")
    hook.chmod(0o755)
    (repository / "a.txt").write_text("changed\n")
    assert moment(repository).dirty is True
    assert os.listdir(traces) == []
    subprocess.run(["git", "status"], cwd=repository, capture_output=True, check=False)
    assert os.listdir(traces)  # which git itself would have run


@pytest.mark.parametrize("name", ["HEAD", "index", "packed-refs"])
def test_what_would_block_or_lead_elsewhere(repository: Path, name: str) -> None:
    path = repository.parent / ".git" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert moment(repository).dirty in (None, False)


@pytest.mark.parametrize(
    "head", ["ref: refs/../../../etc/passwd", "ref: /etc/passwd", "\x1b[2J", "x" * 10_000, ""]
)
def test_a_head_that_is_none(repository: Path, head: str) -> None:
    (repository.parent / ".git" / "HEAD").write_text(head)
    assert moment(repository).commit is None
