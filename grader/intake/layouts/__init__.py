"""The downloads of learning platforms, recognised by the names in them. Pure."""

from __future__ import annotations

from grader.intake.layouts.canvas import canvas
from grader.intake.layouts.download import Download
from grader.intake.layouts.gradescope import METADATA, gradescope
from grader.intake.layouts.moodle import moodle

__all__ = ["METADATA", "Download", "recognised"]


def recognised(place: str, names: list[str], metadata: str = "") -> Download | None:
    """What a folder with these names is the download of; None where it is none. place: the folder,
    as the user names it. metadata: the text of its file `METADATA`, if it has one. Most of the
    names have to say so; the others are named."""
    found = [
        gradescope(place, names, metadata) if metadata else None,
        moodle(place, names),
        canvas(place, names),
    ]
    likely = [it for it in found if it is not None and len(it.others) * 2 < len(names)]
    return likely[0] if likely else None
