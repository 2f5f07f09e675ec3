"""When a program ended, or closed its listening socket, by what a check has sent and received: the
end of a sentence. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry

BEFORE_CONNECTING: Final = "before this connection"
HANDLING: Final = "while handling this request"
DURING: Final = "during this check"
WAITING: Final = "while it waited for a client"


def when_it_ended(entries: Sequence[Entry], otherwise: str, *, unread: bool = False) -> str:
    """When a program ended, for `explain_exit`: after the grader had reset connections, after
    answers, after clients without one, or else `otherwise`.

    unread: the request that was sent last has not been read to its end.
    """
    resets = sorted({it.connection for it in entries if _is_reset(it)})
    if resets:
        one = len(resets) == 1
        return f"after the client reset {_on(resets[0]) if one else f'{len(resets)} connections'}"
    answers = _answers(entries)
    if otherwise == HANDLING:
        late = unread and answers
        return f"{answers}, before it had read all of the next request" if late else otherwise
    if waiting := _unanswered(entries):
        alone = len({it.connection for it in entries}) == 1
        return HANDLING if alone else f"while handling the request on {_on(waiting)}"
    return answers or after_clients(entries) or otherwise


def after_clients(entries: Sequence[Entry]) -> str:
    """After how many clients that had left; empty when none has."""
    left = {it.connection for it in entries if it.direction is Direction.CLOSED}
    if not left:
        return ""
    return "after its first client had left" if len(left) == 1 else f"after {len(left)} clients"


def _on(connection: int) -> str:
    return f"connection {connection}"


def _is_reset(entry: Entry) -> bool:
    return entry.direction is Direction.RESET and entry.by == "grader"


def _unanswered(entries: Sequence[Entry]) -> int | None:
    """The connection on which something was sent last, when no byte has come on it."""
    asked = [it.connection for it in entries if it.direction is Direction.SENT and it.data]
    answered = {it.connection for it in entries if it.direction is Direction.RECEIVED}
    return asked[-1] if asked and asked[-1] not in answered else None


def _answers(entries: Sequence[Entry]) -> str:
    """After how many answers; empty when none has come."""
    many = [_turns(entries, number) for number in {it.connection for it in entries}]
    if max(many, default=0) > 1:
        return "after several answers"
    return {0: "", 1: "after its first answer"}.get(
        sum(many), f"after {counted(sum(many), 'answer')}"
    )


def _turns(entries: Sequence[Entry], connection: int) -> int:
    """How often something came on this connection after something was sent on it."""
    both = (Direction.SENT, Direction.RECEIVED)
    ways = [it.direction for it in entries if it.connection == connection and it.direction in both]
    return sum(
        way is Direction.RECEIVED and (not at or ways[at - 1] is Direction.SENT)
        for at, way in enumerate(ways)
    )
