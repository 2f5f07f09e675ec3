"""One WebSocket of a check: opens it, sends frames, reads them, and says why none come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.diagnosis import HANDLING, explain_silence
from grader.http1.connection import Connection
from grader.http1.wire import Request
from grader.value import Value
from grader.websocket import handshake
from grader.websocket.frame_reader import BadFrame, FrameReader
from grader.websocket.frames import Frame, Opcode, close_payload
from grader.websocket.silence import half_frame, hints_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.budgets import Budgets
    from grader.check.failure import Hint
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Transcript
    from grader.http1.wire import Response
    from grader.http1.wire.request import Pair
    from grader.program.server import Server
    from grader.system.patience import Deadline

_SHOWN = 2000  # bytes of what came


class Message(Value, frozen=True):
    """A whole message. opcode: of its first frame. frames: how many it came in."""

    opcode: int
    payload: bytes
    frames: int = 1


class WebSocket(Connection):
    """A connection that can become a WebSocket. Opened by `WebSocketSession.websocket`, closed by
    the session at the end of the check at the latest.

    Each frame is masked with random bytes of its own. A ping of the server is answered, and a pong
    that nobody asked for is passed over.
    """

    def __init__(
        self, server: Server, budgets: Budgets, transcript: Transcript, random: RandomInputs
    ) -> None:
        self._frames: FrameReader | None = None
        self._raw: bytearray | None = None
        self._random = random
        self.sent: tuple[Frame, ...] = ()
        """The frames of the message, or the control frame, that was sent last."""
        super().__init__(server, budgets, transcript)

    # --- the handshake ----------------------------------------------------------------------------

    def upgrade(
        self, key: str, headers: Iterable[Pair], host: str, hint: Hint | None = None
    ) -> Response:
        """Send the handshake with these headers, and read its answer; frames follow when that is
        101. hint: to another status."""
        self.ask(Request.of("GET", "/ws", headers=headers, host=host))
        response = self.read(ends=False)
        handshake.judge(response, key, hint)
        self._frames = FrameReader()
        self._frames.feed(super().rest)
        return response

    @property
    def rest(self) -> bytes:
        """What has come and was not read yet."""
        return super().rest if self._frames is None else self._frames.trailing

    def _came(self, data: bytes) -> None:
        if self._raw is not None:
            self._raw += data
        elif self._frames is None:
            super()._came(data)
        else:
            self._frames.feed(data)

    def _is_interim(self) -> bool:
        return self._frames is not None or super()._is_interim()

    def has_one_too_many(self) -> bool:
        return self._frames is None and super().has_one_too_many()

    # --- sending ----------------------------------------------------------------------------------

    def frame(self, opcode: int, payload: bytes = b"", *, fin: bool = True) -> Frame:
        """A frame with a random mask; not sent yet."""
        return Frame(opcode, payload, fin, self._random.blob(4))

    def send_frames(self, *frames: Frame) -> None:
        """Send frames, all in one piece."""
        self.sent = frames
        self.send(b"".join(frame.to_bytes() for frame in frames))

    def send_text(self, text: str) -> None:
        self.send_frames(self.frame(Opcode.TEXT, text.encode()))

    def send_binary(self, data: bytes) -> None:
        self.send_frames(self.frame(Opcode.BINARY, data))

    def fragments(self, opcode: int, *pieces: bytes) -> list[Frame]:
        """A message in as many frames as there are pieces (RFC 6455 5.4); not sent yet."""
        last = len(pieces) - 1
        return [
            self.frame(Opcode.CONTINUATION if at else opcode, piece, fin=at == last)
            for at, piece in enumerate(pieces)
        ]

    def ping(self, payload: bytes = b"") -> None:
        self.send_frames(self.frame(Opcode.PING, payload))

    def send_close(self, code: int | None = 1000, reason: str = "") -> None:
        """Send a close frame; without a code, an empty one."""
        payload = b"" if code is None else close_payload(code, reason)
        self.send_frames(self.frame(Opcode.CLOSE, payload))

    # --- reading ----------------------------------------------------------------------------------

    def read_frame(self) -> Frame:
        """The next frame, whatever it is."""
        if self._frames is None:
            raise LookupError("the handshake is not done")
        self._reading, self._surplus = True, 0
        whole = self.deadline(self.budgets.message)
        while (frame := self._next(self._frames)) is None:
            if self.ended:
                raise self.cut_off()
            if (slow := not whole.goes_on()) or not self._comes_in_time():
                raise self._silence(slow=slow)
            self._receive()
        self._answers += 1
        self._reading = False
        return frame

    def read_answer(self) -> Frame:
        """The next frame that is no ping of the server, which is answered, and no pong, unless a
        ping was sent last."""
        while True:
            frame = self.read_frame()
            if frame.opcode == Opcode.PING and not self._awaits_pong:
                self.send(self.frame(Opcode.PONG, frame.payload).to_bytes())
            elif frame.opcode != Opcode.PONG or self._awaits_pong:
                return frame

    @property
    def _awaits_pong(self) -> bool:
        return any(frame.opcode == Opcode.PING for frame in self.sent)

    def read_message(self) -> Message:
        """The next message, put together from its frames. A close frame instead is a failure."""
        first = self.read_answer()
        if first.opcode == Opcode.CLOSE:
            raise self._closed_by(first)
        payload, frames, last = [first.payload], 1, first
        if first.opcode == Opcode.CONTINUATION:
            raise _bad(BadFrame(*_NO_BEGINNING), first.to_bytes())
        while not last.fin:
            last = self.read_answer()
            if last.opcode == Opcode.CLOSE:
                raise self._closed_by(last)
            if last.opcode != Opcode.CONTINUATION and not last.is_control:
                raise _bad(BadFrame(*_NOT_ENDED), last.to_bytes())
            payload.append(last.payload)
            frames += 1
        return Message(first.opcode, b"".join(payload), frames)

    def next_bytes(self, whole: Deadline, sent: str) -> bytes:
        """What comes next, for a client that reads it by itself; b"" at the end. whole: until when
        its answer has to be there. sent: what it has sent, in words."""
        self._raw, self._reading = bytearray(), True
        while not self._raw:
            if self.ended:
                return b""
            if (slow := not whole.goes_on()) or not self._comes_in_time():
                hints = hints_for((), sent)
                raise explain_silence(self._seen(hints, None, b"", whole=True, slow=slow))
            self._receive()
        return bytes(self._raw)

    def _next(self, reader: FrameReader) -> Frame | None:
        try:
            return reader.frame()
        except BadFrame as bad:
            raise _bad(bad, reader.trailing) from bad

    def _closed_by(self, frame: Frame) -> Failure:
        code, reason = frame.close_code, frame.payload[2:].decode("utf-8", "replace")
        said = f"with code {code}" if code is not None else "without a code"
        what = hints_for(self.sent).noun
        return Failure(
            Kind.CLOSED,
            f"Your server closed the WebSocket {said} instead of answering the {what}.",
            expected="an answer",
            actual=f"a close frame {said}" + (f", reason {reason[:123]!r}" if reason else ""),
            hint=_NOT_UNMASKED if self._is_one_ascii_text(code) else _WHY_CLOSED.get(code or 0),
        )

    def _is_one_ascii_text(self, code: int | None) -> bool:
        """Whether it was closed as no UTF-8, and could only be that with the mask still on it."""
        return code == 1007 and len(self.sent) == 1 and self.sent[0].payload.isascii()

    def _silence(self, *, slow: bool = False) -> Failure:
        if self._frames is None:
            return super()._silence(slow=slow)
        hints, half = hints_for(self.sent), half_frame(self._frames)
        return explain_silence(self._seen(hints, half, self.rest, whole=True, slow=slow))

    def cut_off(self) -> Failure:
        """Why there is no whole answer: it ended first: the program died, or hung up."""
        if self._frames is None:
            return super().cut_off()
        if self._ends():
            return self._ended(HANDLING)
        half = half_frame(self._frames)
        if half is None:
            return self._closed(hints_for(self.sent))
        return Failure(
            Kind.INCOMPLETE,
            f"Your server {'reset' if self.was_reset else 'closed'} the connection in the middle of"
            f" a frame: {half.said}.",
            expected=half.missing,
            actual=self.rest[:_SHOWN],
            offset=len(self.rest) if len(self.rest) < _SHOWN else None,
            hint=half.hint,
        )

    def forget(self) -> None:
        super().forget()
        self._frames, self.sent = None, ()


_NO_BEGINNING = (
    "The frame is a continuation, but no message has begun: its opcode is 0.",
    0,
    "The first frame of a message has opcode 1 (text) or 2 (binary); only those after it have 0.",
    "RFC 6455 5.4",
)
_NOT_ENDED = (
    "A new message began before the last frame of the one before it.",
    0,
    "Set the bit FIN in the last frame of each message: a text in one frame begins with 0x81.",
    "RFC 6455 5.4",
)
_NOT_UNMASKED = (
    "The text was ASCII, but not what your server has decoded: is the mask removed, byte i with"
    " byte i % 4 of the mask, and does the payload begin and end where it should?"
)
_WHY_CLOSED = {
    1002: "Your server found a protocol error in a right frame: print the head that it has read.",
    1003: "Your server does not take this kind of message: echo both text and binary messages.",
    1007: "Your server found no UTF-8: join all fragments of a text, then decode it.",
    1009: "Your server takes no message as long as this: allow at least 65,536 bytes.",
    1011: "Your server says that it failed: read its error in the output.",
}


def _bad(bad: BadFrame, came: bytes) -> Failure:
    return Failure(
        Kind.MALFORMED,
        bad.summary,
        expected="a frame",
        actual=came[:_SHOWN],
        offset=bad.offset,
        hint=bad.hint,
        hint_alone=True,
        cite=bad.cite,
    )
