"""What a check expects of datagrams. Each raises `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.net.same_bytes import same_bytes

if TYPE_CHECKING:
    from grader.udp.session import UdpSocket

__all__ = ["datagram", "no_more"]


def datagram(actual: bytes, expected: bytes, *, hint: Hint | None = None) -> None:
    """The datagram has these bytes, and no others."""
    same_bytes("The answer is not the expected datagram", actual, expected, hint)


def no_more(socket: UdpSocket, *, hint: Hint | None = None) -> None:
    """Nothing comes within the `quiet` budget."""
    if not socket.nothing_comes():
        raise Failure(
            Kind.MISMATCH,
            "A second datagram came.",
            expected="One datagram answers a request.",
            hint=hint,
        )
