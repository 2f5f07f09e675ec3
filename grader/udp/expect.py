"""What a check expects of datagrams. Each raises `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.net.alive import running
from grader.net.echoed import changed, what_changed
from grader.net.same_bytes import same_bytes
from grader.udp.session import sent_to_another

if TYPE_CHECKING:
    from grader.udp.session import UdpSocket

__all__ = ["datagram", "echoed", "no_more", "running"]


def datagram(actual: bytes, expected: bytes, *, hint: Hint | None = None) -> None:
    """The datagram has these bytes, and no others."""
    same_bytes("The answer is not the expected datagram", actual, expected, hint)


def echoed(socket: UdpSocket, sent: bytes, *, hint: Hint | None = None) -> None:
    """The datagram that was sent last comes back, byte for byte; one that gets lost is sent
    again."""
    came = socket.answer()
    if came == sent:
        return
    for other in socket.beside:
        if other is not socket and came == other.last:
            raise sent_to_another(other, socket)
    if came and sent.startswith(came) and not what_changed(sent, came):
        raise Failure(
            Kind.INCOMPLETE,
            f"Only the first {len(came)} of {len(sent)} bytes came back.",
            expected=sent,
            actual=came,
            offset=len(came),
            hint=(
                "What a datagram has beyond the number that is given to recvfrom is lost: give it"
                " 65535."
            ),
        )
    raise changed(sent, came, hint)


def no_more(socket: UdpSocket, *, hint: Hint | None = None) -> None:
    """Nothing comes within the `quiet` budget."""
    if not socket.nothing_comes():
        raise Failure(
            Kind.MISMATCH,
            "A second datagram came.",
            expected="One datagram answers a request.",
            hint=hint,
        )
