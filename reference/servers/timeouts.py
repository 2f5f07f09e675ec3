"""How long a server waits for a client."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All in seconds."""

    idle: float = 30.0  # for the next byte, or for room to send one, before the connection is dropped
    linger: float = 2.0  # after the last answer, for the client to close
    grace: float = 3.0  # when the server is asked to stop, for what is in flight
