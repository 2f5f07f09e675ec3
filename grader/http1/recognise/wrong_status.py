"""A failure for a wrong status: what was asked for, and what may have been meant to come. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.text.sentence import choice

if TYPE_CHECKING:
    from grader.http1.wire import Response


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
    ) -> None:
        codes = choice(wanted)
        super().__init__(
            Kind.MISMATCH,
            f"The status is {response.status}, not {codes}.",
            expected=f"status {codes}{where}",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
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
