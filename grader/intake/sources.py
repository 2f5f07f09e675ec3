"""Submissions that are repositories: a list of them, fetched with git. Nothing of theirs is run.

How it works. Each is fetched into an empty repository of ours, one commit deep, and its files are
written to a directory beside that. No hook, no filter, no submodule and no prompt: a repository can
configure none of them from outside, and what the teacher's own git has of these is switched off.
Protocols are those of the list below, whatever any configuration says.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import MachineError, UsageError
from grader.intake.bounds import BOUNDS
from grader.intake.csv_tables import rows_of
from grader.intake.gather import Intake
from grader.intake.given import Given, Part, Student
from grader.intake.roster import COLUMNS
from grader.text.escape import printable
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROTOCOLS: Final = ("https", "ssh", "file")
FETCH_SECONDS: Final = 120

_COLUMNS: Final = {
    **COLUMNS,
    "repository": ("repository", "repo", "url", "giturl", "path", "directory"),
    "ref": ("ref", "branch", "tag", "commit", "revision"),
}
_REMOTE: Final = re.compile(r"(?:https|ssh)://[^\s-]\S*|[\w.-]+@[\w.][\w.-]*:[^\s-]\S*")
_REF: Final = re.compile(r"[\w.][\w./-]{0,199}")
_SECRET: Final = re.compile(r"(?<=//)[^/@\s]*@")
_SAFE: Final = (
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "filter.lfs.smudge=cat",
    "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false", "-c", "submodule.recurse=false",
    "-c", "fetch.recurseSubmodules=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
    "-c", "core.askPass=true", "-c", "credential.interactive=false",
)  # fmt: skip
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS), "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true", "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=20",
    "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C",
}  # fmt: skip


def fetched(path: str, place: Callable[[], Path], run: Callable[..., str] | None = None) -> Intake:
    """The submissions of the list at this path: a repository each, by URL or by its directory (from
    where the list lies), with a ref if not its HEAD. place: makes a new directory of ours. One that
    cannot be fetched is refused, and the others go on. Raises `UsageError` for a list that cannot
    be read."""
    rows = rows_of(path, _COLUMNS, ("repository",))
    base, top = Path(path).parent, place()
    given = [
        _given(row, base, top / str(number), run or _git)
        for number, row in enumerate(rows)
        if row["repository"]
    ]
    if not given:
        raise UsageError(f"{printable(path)} names no repository")
    return Intake(tuple(given), (f"{counted(len(given), 'submission')} from git",), is_class=True)


def _given(row: dict[str, str], base: Path, place: Path, run: Callable[..., str]) -> Given:
    url, ref = row["repository"], row["ref"] or "HEAD"
    name = row["name"] or re.split(r"[/:]", url.rstrip("/").removesuffix(".git"))[-1]
    student = Student(row["id"], row["login"], row["email"], row["name"], row["group"])
    known = (student,) if any((row["id"], row["login"], row["email"], row["name"])) else ()
    shown = _SECRET.sub("", url)
    try:
        files = _files(_source(url, base), ref, place, run)
    except UsageError as error:
        return Given(shown, (), name, known, refused=str(error))
    return Given(shown, (Part("", str(files)),), name, known)


def _source(url: str, base: Path) -> str:
    if _REMOTE.fullmatch(url):
        return url
    local = base / url.removeprefix("file://")
    if not url.startswith("-") and local.is_dir():
        return str(local.resolve())
    if "://" in url or "::" in url:
        allowed = ", ".join(f"{name}://" for name in PROTOCOLS)
        raise UsageError(f"{_SECRET.sub('', url)} cannot be fetched: only {allowed} are allowed")
    raise UsageError(f"{url} is neither a URL of git nor a directory")


def _files(source: str, ref: str, place: Path, run: Callable[..., str]) -> Path:
    """The files of one commit, in a directory of ours."""
    if not _REF.fullmatch(ref) or ".." in ref:
        raise UsageError(f"{printable(ref)} is no name of a branch, a tag or a commit")
    own, files = place / "git", place / "files"
    files.mkdir(parents=True)
    run("init", "--quiet", "--bare", "--template=", str(own))
    repository = (f"--git-dir={own}",)
    run(
        *repository, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--",
        source, ref,
    )  # fmt: skip
    run(
        *repository,
        f"--work-tree={files}",
        "checkout",
        "--quiet",
        "--force",
        "FETCH_HEAD",
        "--",
        ".",
    )
    return files


def _git(*words: str) -> str:
    """Raises `UsageError` with what git says, without any secret in it."""
    try:
        done = subprocess.run(
            ["git", *_SAFE, *words], env={**os.environ, **_ENVIRONMENT}, check=False, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, errors="replace", cwd="/",
            timeout=FETCH_SECONDS, start_new_session=True, preexec_fn=_bounded,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise MachineError(
            "git is not on this machine, and --from needs it: install git"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git took longer than {FETCH_SECONDS} s") from error
    if done.returncode:
        raise UsageError(f"git: {_said(done.stderr.splitlines())}")
    return done.stdout


def _said(lines: Sequence[str]) -> str:
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: ", "ERROR: "))]
    last = (fatal or [line for line in lines if line.strip()] or ["it failed"])[0]
    return printable(_SECRET.sub("", last.partition(": ")[2] or last))[:300]


def _bounded() -> None:
    """No file of git's gets larger than a submission may be."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (BOUNDS.size, BOUNDS.size))
