"""The grader that runs, as a wheel: what pip installs elsewhere without a checkout or an index.

Source: packaging.python.org, "Binary distribution format": a zip file with the package, and beside
it `.dist-info` with METADATA, WHEEL, entry_points.txt and RECORD. What METADATA says (the packages
that the grader needs, above all) is what our own installation says of itself.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Final

from grader.course.load import PACKAGE, course_root
from grader.course.model import COURSE_FILE, STAGES_FOLDER
from grader.errors import MachineError, UsageError
from grader.export.archive import zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "stage-grader"
_OWN_COURSE: Final = "_course"  # in the package, as the released wheel has it
_REFERENCE: Final = "reference"
_TAGS: Final = (
    "Wheel-Version: 1.0\nGenerator: grade export\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
)
_NOT_SHIPPED: Final = (".pyc", ".pyo")
MOST_BYTES: Final = 50 << 20
"""Of a course: more than that is a directory with something else in it."""


def wheel() -> tuple[str, bytes]:
    """Its file name, and its content. Raises `MachineError`."""
    try:
        installed = distribution(NAME)
    except PackageNotFoundError as error:
        raise MachineError("the grader can only be exported where pip has installed it") from error
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    files = _package() | _about(installed, f"{stem}.dist-info")
    record = f"{stem}.dist-info/RECORD"
    lines = [f"{name},{_digest(content)},{len(content)}\n" for name, content in files.items()]
    return f"{stem}-py3-none-any.whl", zipped(
        {**files, record: "".join([*lines, f"{record},,\n"]).encode()}
    )


def course_files(root: Path) -> dict[str, bytes]:
    """The files of another course, by their paths below its directory. Raises `UsageError`."""
    files, size = {}, 0
    for path in _below(root):
        size += path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"the directory of the course has more than {MOST_BYTES >> 20} MiB")
        files[path.relative_to(root).as_posix()] = path.read_bytes()
    return files


def _package() -> dict[str, bytes]:
    """The package with the course inside it, whether it is installed so or lies in a checkout."""
    own = _relative(PACKAGE, PACKAGE.name)
    if not (PACKAGE / _OWN_COURSE).is_dir():
        root, above = course_root(), f"{PACKAGE.name}/{_OWN_COURSE}"
        own[f"{above}/{COURSE_FILE}"] = (root / COURSE_FILE).read_bytes()
        for folder in (STAGES_FOLDER, _REFERENCE):
            own |= _relative(root / folder, f"{above}/{folder}")
    return dict(sorted(own.items()))


def _relative(folder: Path, called: str) -> dict[str, bytes]:
    return {
        f"{called}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in _below(folder)
    }


def _below(folder: Path) -> Iterator[Path]:
    """Its files, at any depth; neither links, nor what tools leave behind."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _below(path)
        elif path.suffix not in _NOT_SHIPPED:
            yield path


def _about(installed: Distribution, folder: str) -> dict[str, bytes]:
    texts = {name: installed.read_text(name) or "" for name in ("METADATA", "entry_points.txt")} | {
        "WHEEL": _TAGS
    }
    return {f"{folder}/{name}": text.encode() for name, text in texts.items()}


def _digest(content: bytes) -> str:
    return "sha256=" + urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
