"""What a check expects of a WebSocket. Each raises `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.recognise import WrongStatus
from grader.net.alive import running
from grader.net.echoed import changed
from grader.websocket.frames import LONGEST_CONTROL, Opcode, opcode_name
from grader.websocket.mistakes import wrong_length, wrong_payload

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.http1.wire import Response
    from grader.websocket.connection import WebSocket
    from grader.websocket.frames import Frame
    from grader.websocket.ordinary_client import OrdinaryClient

__all__ = [
    "closed_with",
    "closing_answered",
    "connection_closed",
    "each_echoed",
    "echoed",
    "nothing_comes",
    "pong_received",
    "ponged",
    "received",
    "refused_as_client_error",
    "running",
    "says_version",
]
_ANSWERS: Final = "Answer the ping (opcode 9) with one pong (opcode 10) and the same payload."


def echoed(
    websocket: WebSocket, *, others: Collection[bytes] = (), hint: Hint | None = None
) -> None:
    """The message that was sent last comes back: of the same kind, with the same payload. others:
    the payloads of other clients."""
    sent = [frame for frame in websocket.sent if not frame.is_control]
    payload = b"".join(frame.payload for frame in sent)
    try:
        message = websocket.read_message()
    except Failure as failure:
        raise _with_length(failure, websocket, payload, sent[0].opcode) from None
    if message.payload != payload:
        websocket.something_comes()  # what is shown must not depend on who is faster
        if message.payload in others:
            raise Failure(
                Kind.MISMATCH,
                "Your server sent the message of one client to another client.",
                expected=payload,
                actual=message.payload,
                offset=0,
                hint=hint,
            )
        if said := wrong_payload(message.payload, sent):
            raise Failure(
                Kind.MISMATCH,
                said.summary,
                expected=payload,
                actual=message.payload,
                offset=0,
                hint=said.hint,
                hint_alone=True,
                cite=said.cite,
            )
        raise changed(payload, message.payload, hint)
    _same_kind(message.opcode, sent[0].opcode, "message")


def each_echoed(websocket: WebSocket, *frames: Frame) -> None:
    """Messages of one frame each, which were sent at once, come back one after the other."""
    for answered, frame in enumerate(frames):
        websocket.sent = (frame,)
        try:
            echoed(websocket)
        except Failure as failure:
            if not answered or failure.kind not in (Kind.SILENCE, Kind.CLOSED):
                raise
            raise Failure(
                failure.kind,
                f"Your server answered {answered} of {len(frames)} frames that came at once.",
                expected="an answer to each of them",
                actual=failure.actual,
                hint="What recv returned after the first frame is the next one: keep it in your"
                " buffer.",
                hint_alone=True,
                at=failure.at,
            ) from None


def _with_length(failure: Failure, websocket: WebSocket, payload: bytes, opcode: int) -> Failure:
    """The failure; where a frame has come whose length does not fit the payload in it, that."""
    said = wrong_length(websocket.rest, payload, opcode)
    if said is None or failure.kind not in (Kind.INCOMPLETE, Kind.MALFORMED):
        return failure
    return Failure(
        Kind.MALFORMED,
        said.summary,
        expected=said.expected,
        actual=websocket.rest[:200],
        offset=1,
        hint=said.hint,
        hint_alone=True,
        cite=said.cite,
    )


def _same_kind(opcode: int, wanted: int, what: str) -> None:
    if opcode != wanted:
        raise Failure(
            Kind.MISMATCH,
            f"The {opcode_name(wanted)} {what} came back as a {opcode_name(opcode)} {what}.",
            expected=f"a {opcode_name(wanted)} {what}: opcode {int(wanted)}",
            actual=f"opcode {opcode}",
            hint="Answer with the opcode of the message's first frame: 1 for text, 2 for binary.",
            hint_alone=True,
            cite="RFC 6455 5.6",
        )


def ponged(websocket: WebSocket, payload: bytes) -> None:
    """The ping that was sent last is answered by a pong with its payload."""
    answer = websocket.read_answer()
    if answer.opcode == Opcode.PONG and answer.payload == payload:
        return
    if answer.opcode != Opcode.PONG:
        longest = len(payload) == LONGEST_CONTROL
        size = f" of {LONGEST_CONTROL} bytes, as long as one may be," * longest
        summary = f"A ping{size} was answered with a {answer.name}, not with a pong."
        found: str | bytes = f"a {answer.name}: opcode {answer.opcode}"
        expected: str | bytes = "a pong frame: opcode 10"
    else:
        lost = not answer.payload
        summary = (
            "The pong is empty: the payload of the ping is lost."
            if lost
            else "The pong has another payload than the ping."
        )
        found, expected = answer.payload, payload
    raise Failure(
        Kind.MISMATCH,
        summary,
        expected=expected,
        actual=found,
        offset=0 if isinstance(found, bytes) else None,
        hint=_ANSWERS,
        hint_alone=True,
        cite="RFC 6455 5.5.3",
    )


def closing_answered(websocket: WebSocket) -> Frame:
    """The close frame that was sent is answered by one; it is returned."""
    try:
        answer = websocket.read_answer()
    except Failure as failure:
        if failure.kind is Kind.CLOSED and "raised" not in failure.summary:
            raise Failure(
                Kind.CLOSED,
                "Your server closed the connection without sending a close frame.",
                expected="a close frame, then the end of the connection",
                actual="connection reset" if websocket.was_reset else "end of connection",
                hint="Send a close frame back before you close the connection.",
                hint_alone=True,
                cite="RFC 6455 5.5.1",
            ) from None
        raise
    if answer.opcode != Opcode.CLOSE:
        raise Failure(
            Kind.MISMATCH,
            f"The close frame was answered with a {answer.name}.",
            expected="a close frame: opcode 8",
            actual=f"a {answer.name}: opcode {answer.opcode}",
            hint="Look at the opcode before you send back a payload.",
            cite="RFC 6455 5.5.1",
        )
    return answer


def closed_with(websocket: WebSocket, code: int, why: str) -> None:
    """The server closes the WebSocket with this code. `why` ends the sentence "Your server ...
    after ..."."""
    try:
        answer = websocket.read_answer()
    except Failure as failure:
        if failure.kind is Kind.SILENCE:
            raise Failure(
                Kind.SILENCE,
                f"Your server did not close the WebSocket after {why}.",
                expected=f"a close frame with the code {code}",
                actual=failure.actual,
                at=failure.at,
                cite="RFC 6455 7.1.7",
            ) from None
        if failure.kind is Kind.CLOSED and "raised" not in failure.summary:
            raise Failure(
                Kind.CLOSED,
                f"Your server closed the connection without a close frame after {why}.",
                expected=f"a close frame with the code {code}",
                actual="connection reset" if websocket.was_reset else "end of connection",
                cite="RFC 6455 7.1.7",
            ) from None
        raise
    found = answer.close_code
    if answer.opcode != Opcode.CLOSE or found != code:
        came = f"a {answer.name}"
        if answer.opcode == Opcode.CLOSE:
            came = f"a close frame with code {found}" if found else "a close frame without a code"
        raise Failure(
            Kind.MISMATCH,
            f"Your server sent {came} after {why}.",
            expected=f"a close frame with the code {code}",
            actual=came,
            cite="RFC 6455 7.4.1",
        )


def connection_closed(websocket: WebSocket) -> None:
    """The server closes the connection within the `close` budget; what it sends after its close
    frame is not read (Flask-Sock ends with an HTTP answer)."""
    if not websocket.ends_within(websocket.budgets.close):
        raise Failure(
            Kind.CONNECTION,
            "The connection stayed open after both close frames.",
            expected="the server closes the connection",
            actual=f"no end of connection within {websocket.budgets.close:g} s",
            hint="Leave the loop after your close frame, and close the socket.",
            cite="RFC 6455 7.1.1",
        )


def nothing_comes(websocket: WebSocket, why: str, hint: Hint | None = None) -> None:
    """Nothing is sent before the server has come to rest. `why` ends the sentence "Your server
    sent something ..."."""
    websocket.something_comes()
    if websocket.rest or websocket.ended:
        did = "closed the connection" if websocket.ended else "sent something"
        raise Failure(
            Kind.MISMATCH,
            f"Your server {did} {why}.",
            expected="nothing",
            actual=websocket.rest[:500] or "end of connection",
            hint=hint,
        )


def refused_as_client_error(response: Response, hint: Hint | None = None) -> None:
    """The status is one of 400 to 499."""
    if not 400 <= response.status < 500:
        raise WrongStatus(response, (400, 404, 426), hint=hint)


def says_version(response: Response) -> None:
    """It says which version of the protocol the server speaks (RFC 6455 4.4)."""
    versions = response.tokens("Sec-WebSocket-Version")
    if "13" not in versions:
        raise Failure(
            Kind.MISMATCH,
            "The answer does not say that the server speaks version 13.",
            expected="Sec-WebSocket-Version: 13",
            actual=response.head,
            cite="RFC 6455 4.4",
        )


def received(client: OrdinaryClient, message: str | bytes) -> None:
    """The client gets back what it sends, as what it was sent."""
    client.send(message)
    came = client.receive()
    if came != message:
        if type(came) is not type(message):
            wanted, other = ("text", "binary") if isinstance(message, str) else ("binary", "text")
            raise Failure(
                Kind.MISMATCH,
                f"The client (Python websockets) sent a {wanted} message, and got a {other} one.",
                expected=f"a {wanted} message",
                actual=f"a {other} message",
            )
        sent, found = (it.encode() if isinstance(it, str) else it for it in (message, came))
        raise changed(sent, found, None)


def pong_received(client: OrdinaryClient, payload: bytes) -> None:
    """The client gets a pong with the payload of its ping."""
    came = client.ping(payload)
    if came != payload:
        raise changed(payload, came, None)
