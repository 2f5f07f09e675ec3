"""What can be compared of one answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Ends(Enum):
    """How the end of an answer has to be told (RFC 9112 6.3)."""

    FREE = "free"
    TOLD = "told"  # by a length, by chunks or by closing
    BY_HEAD = "by its head"  # another answer follows on the connection


class After(Enum):
    """What becomes of the connection after an answer."""

    FREE = "free"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is compared of one answer. What a field does not demand is free.

    answer: there has to be one. status: the reference's, or one of `statuses`. content: media type
    and decoded body of a 200 are the reference's; `bodies` are others that will do. codings: those
    that the body may have, or None. decodes: whatever coding the body has, it can be undone.
    strict: also an answer that is no 200 must not announce a close. stored: the file that has to
    hold the body. secret: what lies outside of the directory is neither read nor written. unheard:
    what may not be in the body.

    What follows is for odd requests alone. agrees: what the reference refuses is refused, and what
    it takes is answered with its status; refusable: it may be refused all the same; lenient: it may
    be taken all the same, if what is stored is then `body`; closable: closing without an answer
    refuses it, too. length: a Content-Length is the reference's. allow: the methods that Allow
    has to name where the reference's does, of a 405 or of what OPTIONS is answered. whole: nothing
    of the target becomes a header.
    """

    answer: bool = True
    status: bool = False
    statuses: tuple[int, ...] = ()
    content: bool = False
    bodies: tuple[bytes, ...] = ()
    codings: frozenset[str] | None = None
    decodes: bool = False
    ends: Ends = Ends.FREE
    after: After = After.FREE
    strict: bool = False
    stored: str | None = None
    secret: bool = False
    unheard: tuple[bytes, ...] = ()
    agrees: bool = False
    refusable: bool = False
    lenient: bool = False
    closable: bool = False
    body: bytes | None = None
    length: bool = False
    allow: frozenset[str] = frozenset()
    whole: bool = False
