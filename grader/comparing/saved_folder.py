""".grade/cases beside a submission: saved cases are read from there, and written, without trusting
what lies there."""

from __future__ import annotations

import contextlib
import os
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.comparing.case import BrokenCase, Case, name_of
from grader.errors import MachineError
from grader.system import untrusted_files
from grader.system.untrusted_files import (
    descended,
    make_directory,
    open_directory,
    open_trusted,
    read_small,
)
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from grader.comparing.comparison import AnyComparison

FOLDER = (".grade", "cases")
MOST_CASES = 20
MOST_BYTES = 1 << 20
_MOST_ENTRIES = 1000


def read_cases(
    directory: Path, load: Callable[[], Sequence[AnyComparison]]
) -> tuple[tuple[Case[Any], ...], tuple[str, ...]]:
    """The cases saved beside the submission in `directory`, and one sentence for each that is of no
    use. load: gives what they may be cases of, and is asked only where there are some.

    At most 20 are read, of at most 1 MiB each; no link is followed, and nothing but regular files
    is opened.
    """
    cases: dict[str, Case[Any]] = {}
    warnings: list[str] = []
    try:
        with _opened(directory) as folder:
            names, more = _names(folder)
            comparisons = load() if names else ()
            for name in names:
                try:
                    own, case = _parsed(_text(folder, name), comparisons)
                    cases.setdefault(own, case)
                except BrokenCase as error:
                    warnings.append(_warning(name, str(error)))
            if more:
                warnings.append(
                    f"{'/'.join(FOLDER)} has more than {MOST_CASES} saved cases: the others are"
                    " ignored"
                )
    except FileNotFoundError:
        pass
    except OSError as error:
        warnings.append(
            f"saved cases are ignored: {'/'.join(FOLDER)} cannot be read: {error.strerror or error}"
        )
    return tuple(cases.values()), tuple(warnings)


def write_case(directory: Path, text: str) -> str:
    """Save the case, a JSON object, beside the submission in `directory`; the path of its file,
    from there. The same case is saved once. Raises `MachineError`."""
    name = f"{name_of(text)}.json"
    path = "/".join((*FOLDER, name))
    try:
        with _opened(directory, make=True) as folder, contextlib.suppress(FileExistsError):
            untrusted_files.create(name, folder, text.encode("ascii"), mode=0o644)
    except OSError as error:
        raise MachineError(f"cannot save the case as {path}: {error.strerror or error}") from error
    return path


@contextmanager
def _opened(directory: Path, *, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder. Raises OSError, also where a part of its path is a link."""
    step = partial(make_directory, mode=0o755) if make else open_directory
    top = open_trusted(directory)
    try:
        with descended(top, FOLDER, step) as folder:
            yield folder
    finally:
        os.close(top)


def _names(folder: int) -> tuple[list[str], bool]:
    """The names of the cases, sorted, and whether there are more than are read."""
    names: list[str] = []
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if count >= _MOST_ENTRIES:
                break
            if entry.name.endswith(".json"):
                names.append(entry.name)
    return sorted(names)[:MOST_CASES], len(names) > MOST_CASES


def _text(folder: int, name: str) -> str:
    try:
        return read_small(name, folder, MOST_BYTES).decode("utf-8")
    except OSError as error:
        raise BrokenCase(error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BrokenCase("it is not text in UTF-8") from error


def _parsed(text: str, comparisons: Sequence[AnyComparison]) -> tuple[str, Case[Any]]:
    """The name of the case, and the case as the first of these comparisons reads it that can.
    Raises `BrokenCase`."""
    problem = BrokenCase("this course has nothing to compare")
    for number, comparison in enumerate(comparisons):
        try:
            case = comparison.from_json(text)
            return name_of(comparison.to_json(case)), case
        except BrokenCase as error:
            problem = problem if number else error
    raise problem


def _warning(name: str, problem: str) -> str:
    shown = printable(name[:80]).encode("ascii", "backslashreplace").decode()
    return printable(f"the saved case {'/'.join(FOLDER)}/{shown} is ignored: {problem}")
