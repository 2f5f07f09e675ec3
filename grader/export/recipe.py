"""What `grade export` writes, as files by their names. Pure, but for the grader's own files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.export.archive import zipped
from grader.export.wheel import course_files, wheel
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES: Final = Path(__file__).parent / "templates"
_COURSE: Final = "course"
_ON_GRADESCOPE: Final = "/autograder/source/course"
_IN_THE_IMAGE: Final = "/opt/course"

RESERVED_MIB: Final = 320
"""Of a container's memory, what is kept from the submission. The grader with the reference takes up
to 200 MiB; the rest is for what a program takes between two looks at its memory."""

RESERVED_S: Final = 60
"""Of Gradescope's time, what is kept for the container to start, and for grade to end in order."""


class Recipe(Value, frozen=True):
    """words: what grade is called with, without a submission. course: another one than ours, by its
    directory, or None."""

    words: tuple[str, ...]
    course: Path | None = None

    def line(self, course: str) -> str:
        """The words for a shell. course: where its directory lies there."""
        named = ("--course", course) if self.course else ()
        return shlex.join([*self.words, *named])


class Gradescope(Value, frozen=True):
    """The settings of the assignment there. minutes: after how many the container is ended.
    memory_mib: of the container. visibility: of the tests, as Gradescope calls it."""

    minutes: int = 10
    memory_mib: int = 768
    visibility: str = "visible"

    @property
    def submission_mib(self) -> int:
        """What is left for the submission."""
        return self.memory_mib - RESERVED_MIB

    @property
    def seconds(self) -> int:
        """The grader's own deadline."""
        return self.minutes * 60 - RESERVED_S


def autograder(recipe: Recipe, settings: Gradescope) -> bytes:
    """The zip file that Gradescope takes. Raises `UsageError` and `MachineError`."""
    scripts = {
        "setup.sh": _template("setup.sh"),
        "run_autograder": _template("run_autograder")
        .replace("@VISIBILITY@", settings.visibility)
        .replace("@SECONDS@", str(settings.seconds))
        .replace("@WORDS@", recipe.line(_ON_GRADESCOPE)),
    }
    files = {name: text.encode() for name, text in scripts.items()} | _shared(recipe)
    return zipped(files, executable=tuple(scripts))


def image(recipe: Recipe) -> dict[str, bytes]:
    """The directory that an image is built from."""
    words: Sequence[str] = [*recipe.words, "/submission"]
    text = _template("Dockerfile").replace("@WORDS@", ", ".join(map(_quoted, words)))
    course = f"COPY {_COURSE} {_IN_THE_IMAGE}\nENV GRADE_COURSE={_IN_THE_IMAGE}\n"
    text = text.replace("@COURSE@\n", course if recipe.course else "")
    return {"Dockerfile": text.encode()} | _shared(recipe)


def _shared(recipe: Recipe) -> dict[str, bytes]:
    """The wheel, and the course if it is another one."""
    name, content = wheel()
    course = course_files(recipe.course) if recipe.course else {}
    return {name: content} | {f"{_COURSE}/{path}": it for path, it in course.items()}


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _quoted(word: str) -> str:
    """As in the JSON of CMD. Raises `UsageError` for what would not be one."""
    if '"' in word or "\\" in word or not word.isprintable():
        raise UsageError(f"{word!r} cannot stand in a Dockerfile")
    return f'"{word}"'
