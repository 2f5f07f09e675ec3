"""The languages that one can begin with: for each the smallest program that passes the first stage.

A course has its own in start/LANGUAGE/. Those of templates/ only listen on the port, which is a
first stage of any course over TCP.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.course.protocols import TCP
from grader.errors import UsageError
from grader.value import Value

if TYPE_CHECKING:
    from grader.course import Course, Track

TEMPLATES: Final = Path(__file__).parent / "templates"
_PORT: Final = "4221"  # in the templates
_FOLDER: Final = "start"  # of a course


class Language(Value, frozen=True):
    """program: the file with the program. ignored: what building it leaves behind, for .gitignore.
    Everything in the folder of its name belongs to it."""

    program: str
    ignored: tuple[str, ...] = ()


LANGUAGES: Final = {
    "python": Language("server.py", ("__pycache__/", ".venv/")),
    "node": Language("server.js", ("node_modules/",)),
    "go": Language("server.go", ("server",)),
    "c": Language("server.c", ("server", "*.o")),
    "rust": Language("server.rs", ("server", "target/")),
    "java": Language("Server.java", ("*.class",)),
}


def files_of(language: str, course: Course, track: Track) -> dict[str, str]:
    """The files of a language for a track of a course: their text by their name. Raises
    `UsageError`."""
    first = track.stages[0].launch
    own = course.root / _FOLDER
    if own.is_dir():
        if not (own / language).is_dir():
            there = sorted(path.name for path in own.iterdir() if path.name in LANGUAGES)
            raise UsageError(
                f"nothing was written: {course.title} has no first program in {language};"
                f" choose --language {' or '.join(there)}"
            )
        return _files_in(own / language)
    if first.transport != TCP:
        raise UsageError(f"nothing was written: {track.title} has no first program")
    found = _files_in(TEMPLATES / language)
    return {name: text.replace(_PORT, str(first.port)) for name, text in found.items()}


def _files_in(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def gitignore(language: str) -> str:
    """A .gitignore for it."""
    text = (TEMPLATES / "gitignore.txt").read_text(encoding="utf-8")
    return text + "".join(f"{pattern}\n" for pattern in LANGUAGES[language].ignored)
