"""A grading as a value that leaves the machine: the submission by its content, no path of ours.

How it works. A Job names files: the pack, and those that its reports go to. Sealed, it has the pack
as bytes, and its files are names alone; who opens it puts them into a directory of its own. What
comes back is the content of these files, which are written here under the names that were asked
for, and no others.

Why JSON in a pickle. An executor pickles what it is given. A grader of another version could not
read the fields of our classes; so it gets texts and bytes, and says in words that it is another
one.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader import codec
from grader.jobs.left_behind import OUTLINE, TRACEBACK
from grader.jobs.records import LONGEST_REPORT
from grader.jobs.results import ProcessEnd
from grader.system.untrusted_files import read_small
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.jobs.job import Job

_PACK: Final = "pack"
_FAST: Final = 1
SCREEN: Final = "stdout"
_ALWAYS: Final = (SCREEN, OUTLINE, TRACEBACK)


class Wanted(Value, frozen=True):
    """What a machine has to be to grade for a class. grader, course: their versions. least: the
    weakest level of isolation that will do."""

    grader: str
    course: str
    least: str


class SealedJob(Value, frozen=True):
    """job: a Job, as JSON. wanted: a `Wanted`, as JSON. limit_s: how long it may take. pack: the
    submission; empty where there is none."""

    job: str
    wanted: str
    limit_s: float
    pack: bytes = b""


class SealedDone(Value, frozen=True):
    """ending: a `ProcessEnd`, as JSON; empty where nothing was graded. files: what it has written,
    by name, each compressed: of a report a tenth is left. refused: why this machine grades nothing
    for this class. machine: which one it is."""

    ending: str
    files: dict[str, bytes]
    refused: str = ""
    machine: str = ""

    @property
    def how(self) -> ProcessEnd:
        """How the grading ended. Raises `BrokenJson`."""
        return codec.from_json(self.ending, ProcessEnd)


def sealed(job: Job, wanted: Wanted, limit_s: float) -> SealedJob:
    """The job for any machine: only where it has a network of its own is it graded there. Raises
    OSError."""
    settings = replace(job.settings, hidden=(), require_sandbox=True, beside_others=True)
    own = replace(
        job,
        settings=settings,
        neighbours=replace(job.neighbours, hidden=()),  # they do not lie there
        reports=tuple(_moved(report, Path()) for report in job.reports),
        leaves="." if job.leaves else "",
        pack="",
    )
    pack = Path(job.pack).read_bytes() if job.pack else b""
    return SealedJob(codec.to_json(own), codec.to_json(wanted), limit_s, pack)


def opened(job: Job, course: Path, pack: bytes, place: Path, hidden: Iterable[str]) -> Job:
    """The sealed job in this empty directory, with a course that lies here. hidden: what programs
    must not see on this machine. Raises OSError."""
    if pack:
        (place / _PACK).write_bytes(pack)
    return replace(
        job,
        course=str(course),
        settings=replace(job.settings, hidden=tuple(hidden)),
        reports=tuple(_moved(report, place) for report in job.reports),
        leaves=str(place) if job.leaves else "",
        pack=str(place / _PACK) if pack else "",
    )


def collected(job: Job, place: Path) -> dict[str, bytes]:
    """What an opened job has written there, compressed; what cannot be read, or is too large, is
    left out."""
    found = {}
    for name in _written(job.reports):
        with suppress(OSError):
            content = read_small(place / name, most=LONGEST_REPORT)
            found[name] = zlib.compress(content, _FAST)
    return found


def distributed(files: Mapping[str, bytes], job: Job, place: Path) -> None:
    """Write what came back to where the job has its files here, and nothing else. Raises OSError
    and zlib.error."""
    for name in _written(job.reports):
        if name in files:
            (place / name).write_bytes(_whole(files[name]))


def _whole(compressed: bytes) -> bytes:
    stream = zlib.decompressobj()
    content = stream.decompress(compressed, LONGEST_REPORT)
    if not stream.eof:
        raise zlib.error("it is cut off or too long")
    return content


def _moved(report: str, place: Path) -> str:
    form, _, path = report.partition(":")
    return f"{form}:{place / Path(path).name}"


def _written(reports: Iterable[str]) -> list[str]:
    """The names of all files that a job with these reports writes."""
    return [*_ALWAYS, *(Path(report.partition(":")[2]).name for report in reports)]
