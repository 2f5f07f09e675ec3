"""What is said to a frame that is not answered, or not whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.diagnosis import HalfAnswer, ProtocolHints
from grader.websocket.frames import SHORT, Opcode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.websocket.frame_reader import FrameReader
    from grader.websocket.frames import Frame

_LENGTH: Final = (
    "The second byte of a frame is the mask bit and a length of 7 bits: 126 means that the length"
    " is in the next two bytes, 127 that it is in the next eight. Then come the four bytes of the"
    " mask, and as many bytes as the length says."
)
_PONG: Final = "Answer a ping (opcode 9) with a pong (opcode 10) that has the same payload."
_CLOSE: Final = "Answer a close frame (opcode 8) with a close frame, then close the connection."
_TO: Final = {int(Opcode.PING): _PONG, int(Opcode.CLOSE): _CLOSE}
_SENT_BACK: Final = "Send the message back as soon as its last byte has come."


def hints_for(sent: Sequence[Frame], called: str = "") -> ProtocolHints:
    """What is said to a server that does not answer to these frames. called: what they are, where
    the frames are not known."""
    what, end = called or noun(sent), _TO.get(sent[0].opcode, _SENT_BACK) if sent else _SENT_BACK
    return ProtocolHints(
        waits_for_more=f"{end} {_LENGTH}" if _is_long(sent) else end,
        awaits=f"Your server waits for events on its sockets, and the client waits. {end}",
        something=f"Look for a traceback in the program's output. {end}",
        raised=f"Read the traceback in the program's output. {end}",
        raised_and_closed=f"Read the traceback in the program's output. {end}",
        noun=what,
    )


def _is_long(sent: Sequence[Frame]) -> bool:
    """Whether one of the frames has a length that needs more than seven bits."""
    return any(len(frame.payload) > SHORT for frame in sent)


def noun(sent: Sequence[Frame]) -> str:
    """What was sent, in words: "text frame", "message in 3 frames"."""
    if not sent:
        return "frame"
    return sent[0].name if len(sent) == 1 else f"message in {len(sent)} frames"


def half_frame(reader: FrameReader) -> HalfAnswer | None:
    """What has come of a frame; `None` when that is nothing."""
    if not (missing := reader.missing):
        return None
    hint = "Send the head of the frame and all of its payload, and write the length as it is."
    return HalfAnswer(missing, "the rest of the frame", hint)
