"""Why a program ended before it listened, by what was handed in: a tool that is not here, a file
that is no program, a package that is started by its file, a script that goes on without its server.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis import explain_background, explain_fetching, explain_package
from grader.errors import MachineError
from grader.program.entries import other_entry
from grader.program.executable import why_not_started
from grader.program.missing_tools import NOT_FOUND, commands, missing_tool, started_by, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.diagnosis import Raised
    from grader.program.submission import Submission

_NO_MODULE: Final = re.compile(r"ModuleNotFoundError: No module named '(\w+)[.\w]*'")
_RELATIVE: Final = "ImportError: attempted relative import with no known parent package"
_LONGEST_NAME: Final = 256
_OPERATORS: Final = "();<>|&"
_FETCH: Final = frozenset([
    "bundle", "bundler", "cargo", "composer", "dotnet", "gradle", "mix", "mvn", "npm", "npx", "pip",
    "pip3", "pipenv", "pnpm", "poetry", "sbt", "uv", "yarn",
])  # fmt: skip
"""What downloads where something is not here yet."""

_NO_NETWORK: Final = re.compile(
    rb"network|offline|download|could not (?:resolve|transfer|create local)|failed to fetch"
    rb"|unknown host|ENOTFOUND|EAI_AGAIN|temporary failure in name|unreachable",
    re.IGNORECASE,
)


def require_tools(
    submission: Submission, command: Sequence[str], status: int, who: str = ""
) -> None:
    """Raises `MachineError` when a command of the submission ended so because a tool is not on this
    machine. who: what needs the tool; the program itself, where nothing is said."""
    if status != NOT_FOUND or not (tool := missing_tool(text_of(command, submission.directory))):
        return
    if not who and (other := _other_command(submission)):
        raise MachineError(
            f"{submission.program} needs {tool}, which is not on this machine; without it: {other}"
        )
    who = who or submission.program or "the program"
    raise MachineError(f"{tool} is not on this machine, and {who} needs it: install {tool}")


def _other_command(submission: Submission) -> str:
    """The command that grades another file of the directory, in place of a script that starts it;
    empty where there is none."""
    if not submission.program.endswith(".sh"):
        return ""
    if not (other := other_entry(submission.directory, submission.program)):
        return ""
    path = Path(submission.path)
    if submission.known_as is not None and not submission.known_as.exists():  # it was an archive
        return ""
    return (
        f"grade {shlex.quote(os.path.normpath((path if path.is_dir() else path.parent) / other))}"
    )


def why_not_found(submission: Submission, built: Path | None) -> str:
    """What a shell has not found, or does not start; empty where that is not certain. built: where
    the result of the build lies."""
    directory, word = submission.directory, started_by(submission.command)
    roots = [root for root in (built, directory) if root is not None]
    if os.sep not in word or "$" in word:
        return _looked_for_on_path(submission, roots)
    name = os.path.relpath(directory / word, directory)
    found = next((file for root in roots if (file := root / name).is_file()), None)
    if found is None:
        return f"there is no program {name}"
    if not os.access(found, os.X_OK):
        return f"{name} is not executable; if it is a program: chmod +x {name}"
    own = found.resolve() == directory / name  # what a build has left may be a link to anything
    problem = why_not_started(found) if own else ""
    return f"{name} cannot be started: {problem}" if problem else ""


def _looked_for_on_path(submission: Submission, roots: Sequence[Path]) -> str:
    """A command of a line or script that is a file of the directory, without its ./; empty where
    there is none."""
    for word in commands(text_of(submission.command, submission.directory)):
        is_a_name = os.sep not in word and word.isprintable() and len(word) < _LONGEST_NAME
        if is_a_name and not shutil.which(word) and any((root / word).is_file() for root in roots):
            return f"the shell looks for {word} on PATH only: write ./{word}"
    return ""


def with_cause(
    failure: Failure, submission: Submission, status: int, raised: Raised | None, output: bytes
) -> Failure:
    """The failure of a program that ended before it listened, with its cause where the submission
    itself shows it, or what it printed."""
    if failure.kind is not Kind.EXIT:
        return failure
    if raised is not None and (command := _as_a_module(raised.error, submission)):
        return explain_package(failure, command)
    script = text_of(submission.command, submission.directory)
    if status == 0 and (line := in_the_background(script)):
        return explain_background(failure, submission.program, line)
    names = map(os.path.basename, commands(script) if _NO_NETWORK.search(output) else ())
    fetches = next((name for name in names if name in _FETCH), "")
    if status and fetches and (other := _other_command(submission)):
        return explain_fetching(failure, fetches, other)
    return failure


def in_the_background(script: str) -> str:
    """The line of a shell's script that starts something in the background; empty when there is
    none, or the script waits for it, or goes on with a program in its own place."""
    found = ""
    for line in script.splitlines():
        words = _words(line)
        if words[:1] == ["exec"] or "wait" in words:
            return ""
        if {"&", "&)"}.intersection(words):
            found = " ".join(line.split())
    return found


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=_OPERATORS)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:  # a quotation mark that is closed on another line
        return []


def _as_a_module(error: str, submission: Submission) -> str:
    """The command that starts a file of a package as a module, from the directory above; empty
    where the error tells of something else."""
    file = (submission.known_as or submission.directory) / submission.program
    missing = _NO_MODULE.match(error)
    if file.suffix != ".py" or not (missing or error.startswith(_RELATIVE)):
        return ""
    for package in file.parents[:-1]:
        wanted = package.name == missing[1] if missing else not (package / "__init__.py").exists()
        if wanted:
            base = package.parent if missing or package == file.parent else package
            return _module_command(base, file)
    return ""


def _module_command(base: Path, file: Path) -> str:
    parts = file.relative_to(base).with_suffix("").parts
    if not all(part.isidentifier() for part in parts):
        return ""
    command = f"grade -- python3 -m {'.'.join(parts)}"
    place = os.path.relpath(base)
    return command if place == os.curdir else f"cd {shlex.quote(place)} && {command}"
