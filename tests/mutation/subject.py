"""The right servers that are mutated: which files of the checkout each consists of, and how it is
started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.mutation.mutants import printed
from tests.mutation.scope import files
from tests.mutation.semantic.mutants import FILE, UNMUTATED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Subject:
    """copied: its files and directories, by their paths in the checkout. launch: what follows the
    interpreter in the directory they are copied to. unmutated: the texts that mutants replace, as
    mutants are written."""

    name: str
    copied: tuple[str, ...]
    launch: tuple[str, ...]
    unmutated: Callable[[], Mapping[str, str]]

    @property
    def sources(self) -> tuple[str, ...]:
        """What is copied, as patterns of files."""
        return tuple(name if name.endswith(".py") else f"{name}/**/*.py" for name in self.copied)


def _printed() -> Mapping[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): printed(path.read_text(encoding="utf-8"))
        for path in files(ROOT)
    }


REFERENCE: Final = Subject(
    "the reference", ("reference",), ("-m", "reference", "--server", "streams"), _printed
)
STEPS: Final = Subject(
    "the right server",
    (
        "tests/submissions/right_server.py",
        "tests/submissions/_stoppable_server.py",
        "tests/submissions/hardened_server.py",
        "tests/mutation/semantic/faults.py",
        "tests/mutation/semantic/steps.py",
        "tests/mutation/semantic/server.py",
    ),
    (FILE,),
    lambda: {FILE: UNMUTATED},
)
"""The right server whose steps are methods: a mutant names the step that has a fault."""
