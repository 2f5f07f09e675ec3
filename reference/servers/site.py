"""What every server is given."""

import socket
from dataclasses import dataclass, field

from ..http1.messages import Handler


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a server waits for a client, in seconds."""

    idle: float = 30.0  # for the next byte, or for room to send one, before the client is dropped
    linger: float = 2.0  # after the last answer, for the client to close
    grace: float = 3.0  # when the server is asked to stop, for what is in flight


@dataclass(frozen=True, slots=True)
class Site:
    """Where clients come from, what answers them, and how long: `stop` becomes readable when it is
    time."""

    listener: socket.socket
    application: Handler
    stop: socket.socket
    timeouts: Timeouts = field(default_factory=Timeouts)
