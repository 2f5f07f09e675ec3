"""Submissions that are repositories: fetched with git, which runs nothing of theirs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.intake.sources import fetched

if TYPE_CHECKING:
    from grader.intake.gather import Intake


def git(place: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=place, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """With a branch, and all that could run something."""
    place = tmp_path / "ann.git-work"
    place.mkdir()
    git(place, "init", "-q", "-b", "main")
    (place / "server.py").write_text("print(1)\n")
    (place / ".gitattributes").write_text("*.py filter=evil\n")
    (place / ".gitmodules").write_text(
        '[submodule "x"]\n path = x\n url = ext::sh -c touch% /tmp/never-h3\n'
    )
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "first")
    git(place, "branch", "old")
    (place / "server.py").write_text("print(2)\n")
    git(place, "commit", "-q", "-a", "-m", "second")
    hook = place / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    git(place, "config", "filter.evil.smudge", f"touch {tmp_path}/ran; cat")
    git(place, "config", "uploadpack.packObjectsHook", f"touch {tmp_path}/ran; exec")
    return place


def listed(tmp_path: Path, text: str) -> Intake:
    (tmp_path / "list.csv").write_text(text)
    (tmp_path / "ours").mkdir(exist_ok=True)
    return fetched(str(tmp_path / "list.csv"), lambda: tmp_path / "ours")


def test_local_repositories_with_refs(repository: Path, tmp_path: Path) -> None:
    rows = f"name,url,ref,email\nAnn,{repository.name},,a@x\n,{repository},old,\n"
    found = listed(tmp_path, rows)
    ann, other = found.given
    files = [Path(it.parts[0].path, "server.py").read_text() for it in (ann, other)]
    assert files == ["print(2)\n", "print(1)\n"]
    assert (ann.name, ann.students[0].email, other.name) == ("Ann", "a@x", repository.name)
    assert found.notes == ("2 submissions from git",)
    assert not (tmp_path / "ran").exists()
    assert not Path(ann.parts[0].path, ".git").exists()


@pytest.mark.parametrize(
    ("url", "ref", "said"),
    [
        ("ext::sh -c touch% x", "", "only https://, ssh://, file:// are allowed"),
        ("http://x/y", "", "only https://, ssh://, file:// are allowed"),
        ("--upload-pack=touch x", "", "is neither a URL of git nor a directory"),
        ("ssh://-oProxyCommand=touch x/y", "", "cannot be fetched"),
        ("gone", "", "gone is neither a URL of git nor a directory"),
        ("ann.git-work", "--upload-pack=x", "is no name of a branch, a tag or a commit"),
        ("ann.git-work", "a:b", "is no name of a branch"),
        ("ann.git-work", "no-such", "git: "),
        ("empty", "", "git: "),
    ],
)
def test_what_cannot_be_fetched_is_a_row(
    repository: Path, tmp_path: Path, url: str, ref: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    (row,) = listed(tmp_path, f"url,ref\n{url},{ref}\n").given
    assert said in row.refused
    assert row.refused.isprintable()


def test_no_secret_is_shown(tmp_path: Path) -> None:
    (row,) = listed(tmp_path, "url\nhttp://me:secret@host/x\n").given
    assert "secret" not in row.refused + row.path


def test_what_is_no_list(tmp_path: Path) -> None:
    for text in ("a\nb\n", "url\n"):
        with pytest.raises(UsageError):
            listed(tmp_path, text)
