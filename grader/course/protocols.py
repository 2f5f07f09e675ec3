"""Which protocols a track can speak, by the names that stages.yaml has for them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from grader.value import Value


class KnownProtocol(Value, frozen=True):
    """place: the module and the attribute of what implements it, with a colon between. transport:
    what it goes over, "tcp" or "udp"."""

    place: str
    transport: str


TCP: Final = "tcp"
UDP: Final = "udp"
TRANSPORTS: Final = (TCP, UDP)
HTTP1: Final = "http1"
"""What a track speaks that does not say."""

PROTOCOLS: Final = MappingProxyType({
    HTTP1: KnownProtocol("grader.http1.protocol:PROTOCOL", TCP),
    "tcp": KnownProtocol("grader.tcp.protocol:PROTOCOL", TCP),
    "udp": KnownProtocol("grader.udp.protocol:PROTOCOL", UDP),
    "websocket": KnownProtocol("grader.websocket.protocol:PROTOCOL", TCP),
})  # fmt: skip
