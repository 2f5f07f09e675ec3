"""What a class is made of, by its command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.intake.gather import Intake, gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def class_intake(
    paths: Sequence[str], sources: str | None, roster: str | None, place: Callable[[], Path]
) -> Intake:
    """The submissions at these paths, and those of the list `sources`; who they are by the file
    `roster`. place: makes a new directory of ours. Raises `UsageError`."""
    found = gathered(paths, place) if paths else Intake(())
    if sources is not None:
        from grader.intake.sources import fetched

        listed = fetched(sources, place)
        found = replace(
            listed, given=(*found.given, *listed.given), notes=(*found.notes, *listed.notes)
        )
    if roster is None:
        return found
    from grader.intake.roster import joined, read_roster

    return joined(found, read_roster(roster))
