"""Writes a class as it is handed in: right, wrong and hostile programs, as files, folders, archives
good and bad, and downloads of learning platforms."""

from __future__ import annotations

import shutil
from itertools import cycle
from typing import TYPE_CHECKING

from tests.benchmark.mixed import ROOT, write_class
from tests.unit.intake.archived import LINK, archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOSTILE = ROOT / "tests" / "hostile" / "programs"
_ATTACKS = (
    "blocks_signals", "burns_processor", "drips", "endless_trailers", "fills_its_disk",
    "flees_by_forking", "gzip_bombs_for_requests", "hogs_memory", "leaves_stopped_processes",
    "listens_on_many_ports", "plants_many_files", "prints_commands", "removes_its_directory",
    "sends_a_huge_header", "stays",
)  # fmt: skip
_RIGHT = ROOT / "examples" / "finished" / "server.py"
_SUFFIXES = (".zip", ".tar.gz", ".tar.xz", ".tar")
_BAD = {
    "traversal": {"server.py": "", "../escaped.py": "raise SystemExit"},
    "link": {"server.py": "", "link": LINK + "/etc/passwd"},
    "absolute": {"/tmp/escaped.py": "raise SystemExit"},
    "no program": {"notes.txt": "to be done"},
}
_FORMS = ("folder", "folder", "file", "archive", "bad archive", "canvas", "moodle", "hostile")


def write_handed_in(place: Path, count: int) -> list[str]:
    """So many submissions below this empty directory; the words that name them all."""
    forms = [form for form, _ in zip(cycle(_FORMS), range(count), strict=False)]
    (place / "folders").mkdir()
    programs = write_class(place / "folders", forms.count("folder"))
    named = [str(program.relative_to(place)) for program in programs]
    attacks, suffixes, bad = cycle(_ATTACKS), cycle(_SUFFIXES), cycle(_BAD.values())
    for folder in ("files", "archives", "canvas", "moodle"):
        (place / folder).mkdir()
    for number, form in enumerate(forms):
        name = f"{number:04}"
        match form:
            case "file":
                (place / "files" / f"{name}.py").write_text(_server(number))
            case "archive":
                path = place / "archives" / f"{name}{next(suffixes)}"
                archive(path, {f"{name}/server.py": _server(number)})
            case "bad archive":
                archive(place / "archives" / f"{name}.zip", next(bad))
            case "canvas":
                late = "_LATE" if number % 3 == 0 else ""
                file = f"learner{name}{late}_{1000 + number}_{9000 + number}_server.py"
                (place / "canvas" / file).write_text(_server(number))
            case "moodle":
                folder = place / "moodle" / f"Learner {name}_{number}_assignsubmission_file_"
                folder.mkdir()
                (folder / "server.py").write_text(_server(number))
            case "hostile":
                named.append(_hostile(place, f"hostile-{name}", next(attacks)))
    return [*named, *_named(place)]


def _server(number: int) -> str:
    """A right one, or one that crashes; each differs from all others."""
    is_right = number // len(_FORMS) % 2 == 0
    text = _RIGHT.read_text() if is_right else "import sys\nsys.exit(1 / 0)\n"
    return f"{text}\n# number {number}\n"


def _hostile(place: Path, name: str, attack: str) -> str:
    (folder := place / name).mkdir()
    for file in (f"{attack}.py", "attempt.py"):
        shutil.copy(_HOSTILE / file, folder)
    (folder / f"{attack}.py").rename(folder / "server.py")
    shared = folder / "attempt.py"
    # on a busy machine it would end in the midst of its grading, now here, now there
    shared.write_text(shared.read_text().replace("LONGEST_LIFE_S = 60", "LONGEST_LIFE_S = 3600"))
    (folder / "targets.json").write_text("{}")
    return name


def _named(place: Path) -> Iterator[str]:
    for folder in ("files", "archives"):
        yield from sorted(str(it.relative_to(place)) for it in (place / folder).iterdir())
    yield from (it for it in ("canvas", "moodle") if any((place / it).iterdir()))
