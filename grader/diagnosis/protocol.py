"""What a protocol says of an answer that did not come, or not whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from grader.check.failure import Hint


class HalfAnswer(Value, frozen=True):
    """What has come of an answer that is not whole.

    said: a clause, without a full stop. missing: what has not come, as a noun phrase. hint: what
    the protocol says of the end of this part.
    """

    said: str
    missing: str
    hint: str


class Mistaken(Value, frozen=True):
    """What a server waits for by mistake.

    said: behind "your server ", without a full stop. hint: what to do about it. cause: a word for
    it, the same for all that comes of this mistake.
    """

    said: str
    hint: Hint
    cause: str


class ProtocolHints(Value, frozen=True):
    """What the hints of one protocol say, each in whole sentences.

    waits_for_more: of a server that has read all and is in recv. awaits: that waits for its sockets
    as a whole. something: when it is not known what it waits for. raised: when a handler raised;
    raised_and_closed: and the connection was closed. mistaken: for what it waits by mistake, where
    that is certain. noun: what a client sends. never_read: of a server that has read nothing of it;
    empty where that is to read from each connection. one_socket: all clients share it, so that a
    thread which receives waits for any of them.
    """

    waits_for_more: str
    awaits: str
    something: str
    raised: str
    raised_and_closed: str
    mistaken: Mistaken | None = None
    noun: str = "request"
    never_read: str = ""
    one_socket: bool = False
