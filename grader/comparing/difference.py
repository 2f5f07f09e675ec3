"""In what a submission and the reference differ, and whose fault it is when that cannot be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from grader.check.failure import Failure


class ReferenceFault(Exception):
    """The reference did not answer as every request has to be answered: the grader's or the
    machine's fault."""


class Difference(Value, frozen=True):
    """The first difference: in which field of the answer to which request (counted from 0), and the
    failure that explains it: `expected` is what the reference does, `actual` what the other server
    does."""

    field: str
    index: int
    failure: Failure

    @property
    def key(self) -> tuple[str, int]:
        """What has to be the same for two differences to be the same one."""
        return (self.field, self.index)
