"""What `grade doctor --json` prints, format version 3, as types: docs/doctor.schema.json and the
tables of docs/doctor.md are made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta, Struct

from grader.doctor.finding import State
from grader.isolation import LEVELS
from grader.report.check_document import Ordinal, says
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.doctor.finding import Examination, Finding, Sandbox

FORMAT: Final = "stage-grader/doctor"
VERSION: Final = 3
_NAMES: Final = (
    "^(interpreter|course|reference|temporary|port [0-9]+(/udp)?|sandbox|side by side|memory|limits"
    "|others|by hand)$"
)


class RemedyDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """A command that would change something."""

    why: Annotated[str, says("What is seen to be in the way; empty where the finding says it.")]
    command: Annotated[str, says("The command, for a shell.")]


class FindingDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that was looked at."""

    name: Annotated[
        str,
        Meta(
            pattern=_NAMES,
            description="What it is: `interpreter`, `course`, `reference`, `temporary`, `port N`"
            " or `port N/udp`, `sandbox`, `side by side`, `memory`, `limits`, `others`,"
            " `by hand`.",
        ),
    ]
    state: Annotated[
        State, Meta(description="`less`: grading works without it, or with less of it.")
    ]
    needed: Annotated[
        bool, Meta(description="Whether nothing can be graded here while it is `missing`.")
    ]
    says: Annotated[str, Meta(description="One sentence.")]
    details: Annotated[tuple[str, ...], Meta(description="What else there is to say.")]
    remedies: Annotated[tuple[RemedyDocument, ...], Meta(description="What would change it.")]


class LevelDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """One isolation level, tried."""

    name: Annotated[str, says("Its name, as for `--sandbox`.")]
    missing: Annotated[str | None, says("Why it does not work here; null when it does.")]


class SandboxDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """How a submission would be contained."""

    level: Annotated[
        str,
        Meta(
            description="The best isolation level that works here.",
            extra_json_schema={"enum": list(LEVELS)},
        ),
    ]
    contains: Annotated[bool, says("Whether the program is kept from your files and the grader.")]
    private_network: Annotated[bool, says("Whether each submission has a network of its own.")]
    bounded: Annotated[bool, says("Whether the kernel bounds memory and processes, by a cgroup.")]
    at_once: Annotated[
        Ordinal,
        says(
            "How many submissions of a class are always graded side by side, unless `--jobs` says"
            " otherwise; there are more while processors have nothing to do."
        ),
    ]
    weaknesses: Annotated[
        tuple[str, ...], says("What this level does not protect against, in words.")
    ]
    levels: Annotated[tuple[LevelDocument, ...], says("Every isolation level, the best one first.")]


class DoctorDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """What `grade doctor --json` prints, version 3."""

    format: Annotated[Literal["stage-grader/doctor"], says("Always `stage-grader/doctor`.")]
    version: Annotated[Literal[3], says("Always 3. Any change to this format gives a new number.")]
    grader_version: Annotated[str, says("The version of the grader.")]
    python: Annotated[str, says("The version of Python that runs the grader.")]
    platform: Annotated[str, says("The operating system and its version.")]
    ready: Annotated[bool, says("Whether nothing that is needed is missing: the exit code is 0.")]
    sandbox: Annotated[
        SandboxDocument | None,
        says("How a submission would be contained; null where that could not be tried."),
    ]
    findings: Annotated[
        tuple[FindingDocument, ...],
        says("Everything that was looked at, in the order of the screen."),
    ]


def document_of(found: Examination) -> DoctorDocument:
    """An examination as it is written for programs."""
    return DoctorDocument(
        format=FORMAT,
        version=VERSION,
        grader_version=printable(found.grader_version),
        python=printable(found.python),
        platform=printable(found.platform),
        ready=found.ready,
        sandbox=_sandbox(found.sandbox) if found.sandbox else None,
        findings=tuple(map(_plain, found.findings)),
    )


def _sandbox(sandbox: Sandbox) -> SandboxDocument:
    return SandboxDocument(
        level=sandbox.level,
        contains=sandbox.contains,
        private_network=sandbox.private_network,
        bounded=sandbox.bounded,
        at_once=sandbox.at_once,
        weaknesses=tuple(map(printable, sandbox.weaknesses)),
        levels=tuple(
            LevelDocument(name, None if why is None else printable(why))
            for name, why in sandbox.levels
        ),
    )


def _plain(finding: Finding) -> FindingDocument:
    return FindingDocument(
        name=finding.name,
        state=finding.state,
        needed=finding.needed,
        says=printable(finding.says),
        details=tuple(map(printable, finding.details)),
        remedies=tuple(
            RemedyDocument(printable(remedy.why), printable(remedy.command))
            for remedy in finding.remedies
        ),
    )
