"""A failure for a wrong status: what was asked for, and what may have been meant to come. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.diagnosis import together
from grader.text.sentence import choice

if TYPE_CHECKING:
    from grader.http1.wire import Response

_FAILED: Final = (
    "Your server itself says that it failed: read its error in the output, or print it where you"
    " catch it."
)
_OF_STATUS: Final = {
    400: "Your server takes this request for an invalid one: print what it objects to.",
    404: "Your server found nothing at this path: print the method and the path that it has read.",
    405: "Your server does not allow this method here: look where it compares methods.",
    501: "Your server does not know this method: look where it compares methods.",
}

_STEPS_OF_404: Final = (
    "Look where you compare the path: print both sides with their quotes (repr in Python).",
    "Others compared the whole request line, bytes with text (b'/' is not '/'), a path with its"
    " line end or query string, or the wrong word of the line.",
)


class WrongStatus(Failure):
    """An answer that is well-formed and says something else.

    response: the answer. wanted: the statuses that are right. content: the body that should have
    come with it, where that is known. where: what else a reader has to know of what was expected.
    """

    def __init__(
        self,
        response: Response,
        wanted: tuple[int, ...],
        *,
        hint: Hint | None = None,
        content: bytes | None = None,
        where: str = "",
        by_hand: str | None = None,
    ) -> None:
        codes = choice(wanted)
        super().__init__(
            Kind.MISMATCH,
            f"The status is {response.status}, not {codes}.",
            expected=f"status {codes}{where}",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
            cause=f"status {response.status}, not {codes}",
            by_hand=by_hand,
        )
        self.response = response
        self.wanted = wanted
        self.content = content


def require_success(
    response: Response,
    *,
    wanted: int = 200,
    hint: Hint | None = None,
    content: bytes | None = None,
) -> None:
    """What an error lacks, it lacks because it is one: so its status is named first."""
    if response.status >= 300 and response.status != wanted:
        raise WrongStatus(response, (wanted,), hint=hint, content=content)


def explain_wrong_status(failure: WrongStatus) -> WrongStatus:
    """The same failure, with a hint by its status where the check has none; a server that says
    that it failed has its own, too."""
    status, wanted, own = failure.response.status, failure.wanted, failure.hint
    if status >= 500 and status not in (501, 505) and max(wanted) < 500:
        failure.hint = together(own, _FAILED) if own else _FAILED
    elif min(wanted) < 300:
        hint = own or _OF_STATUS.get(status)
        failure.hint = hint
        if status == 404 and isinstance(hint, str):
            failure.hint = (hint, *_STEPS_OF_404)
    return failure
