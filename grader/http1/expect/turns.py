"""Several clients that ask for many different things, in turn and at once: each answer is judged by
its own request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.http1.expect.answers import status
from grader.http1.expect.connections import closes
from grader.http1.expect.headers import member
from grader.http1.session import Session
from grader.http1.wire import members
from grader.value import Value

if TYPE_CHECKING:
    from grader.check.failure import Hint
    from grader.http1.wire import Request, Response

_LOOKS = 10


class Asked(Value, frozen=True):
    """A request, and what its answer must be.

    judge: raises `Failure` when it is not. last: the next request gets a new connection. closes:
    the server has to close this one.
    """

    request: Request
    judge: Callable[[Response], None]
    last: bool = False
    closes: bool = False


AskKind = Callable[[Session], Asked]


class _Client:
    """Asks on one connection, and on a new one after a request that was the last there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connect()

    def ask(self, asked: Asked) -> None:
        self._now = asked
        self._connection.ask(asked.request)

    def read(self) -> bool:
        """Read and judge the answer; whether the server has to close now."""
        answer = self._connection.read(self._now.request.method)
        self._now.judge(answer)
        if not self._now.closes and (self._now.last or answer.wants_close):
            self._renew()
        return self._now.closes

    def goes(self, seconds: float) -> bool:
        """Whether the server closes within so many seconds; then so do we."""
        if self._connection.ends_within(seconds):
            self._renew()
            return True
        return False

    def judge_the_end(self) -> None:
        closes(self._connection, "after a request with Connection: close")
        self._renew()

    def _renew(self) -> None:
        self._session.leave(self._connection)
        self._connection = self._session.connect()


def _read(clients: Sequence[_Client], patience: float) -> None:
    """Read all their answers. Those that have to end are looked at in turns, for a server may
    linger on one of them until its client has gone, and close the next one after that (gunicorn
    does)."""
    left = [client for client in clients if client.read()]
    for _ in range(_LOOKS):
        left = [client for client in left if not client.goes(patience / _LOOKS)]
    for client in left:
        client.judge_the_end()


def in_turn_and_at_once(
    session: Session, kinds: Sequence[AskKind], *, clients: int = 5, times: int = 2
) -> None:
    """One client asks for every kind twice in a row. Then each asks for every kind so many times in
    its own order: in turn, where what one has asked is nothing to the next, and all of them at
    once, at first for two neighbours of `kinds` alone."""
    everyone = [_Client(session) for _ in range(clients)]
    for kind in [kind for kind in kinds for _ in range(2)]:
        everyone[0].ask(kind(session))
        _read(everyone[:1], session.budgets.close)
    orders = [session.random.shuffled([*kinds] * times) for _ in everyone]
    for row in zip(*orders, strict=True):
        for client, kind in zip(everyone, row, strict=True):
            client.ask(kind(session))
            _read([client], session.budgets.close)
    rivals: list[Sequence[AskKind]] = [pair * clients for pair in pairwise(kinds)]
    for at_once in [*rivals, *zip(*orders[::-1], strict=True)]:
        for client, kind in zip(everyone, at_once, strict=False):
            client.ask(kind(session))
        _read(everyone, session.budgets.close)


def as_alone(
    session: Session, kinds: Sequence[Callable[[], Request]], hint: Hint | None = None
) -> list[AskKind]:
    """Kinds for `in_turn_and_at_once` whose answers must have the status and the Allow that they
    have now, when each is asked for on a connection of its own.

    kinds: what builds a request; each time it is called another one, which is answered alike.
    """
    return [
        partial(_asked_as_alone, kind=kind, alone=session.exchange(kind()), hint=hint)
        for kind in kinds
    ]


def _asked_as_alone(
    _session: Session, *, kind: Callable[[], Request], alone: Response, hint: Hint | None = None
) -> Asked:
    def judge(answer: Response) -> None:
        status(answer, alone.status, hint=hint)
        for method in members(alone.header("Allow") or ""):
            member(answer.header("Allow") or "", method, "Allow", hint)

    request = kind()
    # A body, a refusal or HTTP/1.0 may be the end of a connection, and what is told about that is
    # another check's.
    return Asked(
        request,
        judge,
        bool(request.body) or alone.status in (400, 501, 505) or request.version != "HTTP/1.1",
    )
