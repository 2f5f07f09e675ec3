"""What was seen of one request's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.check.failure import Failure
    from grader.http1.wire import Response


class EndOfAnswer(Enum):
    """How the end of an answer was told."""

    BY_HEAD = "by its head"
    BY_CLOSING = "by closing"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of one request.

    judged: False where nobody can say whose fault it is, as on a connection that had long been
    idle. failure: why there is no answer. surplus: what follows the answer and may not. ended:
    whether the connection ended after the answer; None where nobody looked. stored: what the file
    holds that the request is about. outside: whether something was written outside of the
    directory.
    """

    answer: Response | None = None
    failure: Failure | None = None
    told: EndOfAnswer = EndOfAnswer.BY_HEAD
    surplus: Failure | None = None
    ended: bool | None = None
    stored: bytes | None = None
    outside: bool = False
    judged: bool = True
