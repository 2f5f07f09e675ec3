"""What is said to an answer over TCP that did not come, or not whole. Pure."""

from __future__ import annotations

from typing import Final

from grader.diagnosis import HalfAnswer, ProtocolHints
from grader.text.layout import counted

_COMPLETE: Final = "A request is complete as soon as its last byte has come."
HINTS: Final = ProtocolHints(
    waits_for_more=(
        "Send the answer before you read again: the client waits for it. Flush a buffered stream. "
        + _COMPLETE
    ),
    awaits=(
        "Your server waits for events on its sockets, and the client waits for its answer. "
        + _COMPLETE
    ),
    something=(
        "Look for a traceback in the program's output. Without one, your server may wait for more"
        " input. " + _COMPLETE
    ),
    raised=(
        "Read the traceback in the program's output. Catch the exception, and answer with an error"
        " or close the connection."
    ),
    raised_and_closed=(
        "Read the traceback in the program's output. Catch the exception and answer with an error."
    ),
)


def half_line(came: bytes) -> HalfAnswer | None:
    """What has come of a line; `None` when that is nothing."""
    if not came:
        return None
    hint = "End each line with \\n. Flush a buffered stream after each answer."
    return HalfAnswer(f"{counted(len(came), 'byte')} of a line came", "the end of the line", hint)


def half_bytes(came: bytes, size: int) -> HalfAnswer | None:
    """What has come of so many bytes; `None` when that is nothing."""
    if not came:
        return None
    missing = counted(size - len(came), "byte")
    hint = "Send everything: send can take a part of the bytes only, sendall takes all."
    return HalfAnswer(f"{len(came)} of {counted(size, 'byte')} came", missing, hint)


def half_stream(came: bytes) -> HalfAnswer | None:
    """What has come on a connection that has to end; `None` when that is nothing."""
    if not came:
        return None
    said = f"{counted(len(came), 'byte')} came, and not the end of the connection"
    return HalfAnswer(said, "the end of the connection", "Close the connection after the answer.")
