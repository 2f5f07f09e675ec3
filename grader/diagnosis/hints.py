"""The hint of a failure: the check's own, and the one that was chosen by what was seen. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind

if TYPE_CHECKING:
    from grader.check.failure import Failure, Hint

_OF_THE_PROGRAM: Final = frozenset(
    {Kind.EXIT, Kind.SILENCE, Kind.CLOSED, Kind.INCOMPLETE, Kind.CONNECTION}
)
"""What such a failure sees of the program says nothing of what the check asked for."""


def whole_hint(failure: Failure, own: Hint | None) -> Hint | None:
    """What is said to this failure of a check with this hint of its own.

    A hint that was chosen by the bytes of an answer replaces the check's own. One that says how the
    program crashed, hangs or closes comes after it: what makes this request special is the check's
    to say.
    """
    seen = failure.hint
    if not own or not seen or failure.hint_alone:
        return seen or own
    return together(own, seen) if failure.kind in _OF_THE_PROGRAM else seen


def together(own: Hint, seen: Hint) -> Hint:
    """Both in one: their first sentences as one step, then the other steps; nothing twice.

    >>> together("Look here.", ("Read that.", "It is below."))
    ('Look here. Read that.', 'It is below.')
    """
    (first, *more), (second, *others) = _steps(own), _steps(seen)
    begun = next((one for one in (first, second) if first in one and second in one), None)
    steps = (begun or f"{first} {second}", *more, *others)
    return steps if len(steps) > 1 else steps[0]


def _steps(hint: Hint) -> tuple[str, ...]:
    return (hint,) if isinstance(hint, str) else hint
