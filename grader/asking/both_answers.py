"""Sends one request to a submission and to the reference: both answers, and what differs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from grader.check.failure import Failure
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.errors import UsageError
from grader.http1.connection import Connection
from grader.net.stream_session import StreamSession
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.comparing.comparison import AnyComparison
    from grader.comparing.difference import Difference
    from grader.net.protocol import TrackProtocol
    from grader.net.recorded import RecordedStream
    from grader.net.session import Surroundings


class BothAnswers(Value, frozen=True):
    """What came back. sent: the request. yours, reference: every byte that came. difference: the
    first one that is fixed. fixed: whether the course fixes this answer, so that the two have to
    agree. stages: the slugs of those that teach it. failure: why there is no answer that nothing
    is compared with."""

    sent: bytes
    yours: bytes
    reference: bytes
    difference: Difference | None
    fixed: bool
    stages: frozenset[str] = frozenset()
    failure: Failure | None = None


def ask_both(
    protocol: TrackProtocol,
    comparison: AnyComparison,
    around: Surroundings,
    raw: bytes,
    taught: Collection[str],
) -> BothAnswers:
    """Send these bytes to both. taught: the stages whose rules hold. Raises `UsageError` where
    clients have no connections, `MachineError`, and `ReferenceFault`."""
    session = protocol.session(around, RandomInputs(0, "ask"), Transcript(time.monotonic))
    if not isinstance(session, StreamSession):
        raise UsageError("grade ask works over TCP only; try it by hand: grade launch")
    try:
        return _asked(session, comparison, raw, taught, around.server.port)
    finally:
        session.close()


def _asked(
    session: StreamSession[Any],
    comparison: AnyComparison,
    raw: bytes,
    taught: Collection[str],
    port: int,
) -> BothAnswers:
    theirs = session.record_reference()
    conversation = comparison.conversation_of(raw, taught, port)
    failure: Failure | None = None
    found: Difference | None = None
    stages: frozenset[str] = frozenset()
    if conversation is None:
        failure = _only_sent(session, raw)
    else:
        found = comparison.difference(session, conversation, taught, strict=False, thorough=True)
        stages = comparison.needed(conversation, found.field if found else "")
    return BothAnswers(
        raw, _received(session.transcript), _received(theirs), found,
        fixed=conversation is not None, stages=stages, failure=failure,
    )  # fmt: skip


def _only_sent(session: StreamSession[Any], raw: bytes) -> Failure | None:
    """Send bytes whose answers are compared with nothing; why there is none."""
    _converse(session.connect_reference(), raw)
    try:
        connection = session.connect()
        connection.send(raw)
        if isinstance(connection, Connection):  # it says why no answer comes
            connection.read(raw[:20].partition(b" ")[0].decode("latin-1"), ends=False)
        _take_in(connection)
    except Failure as failure:
        return failure
    return None


def _converse(connection: RecordedStream, raw: bytes) -> None:
    connection.send(raw)
    _take_in(connection)


def _take_in(connection: RecordedStream) -> None:
    """What comes until the server rests or hangs up, as long as one answer may take."""
    whole = connection.deadline(connection.budgets.message)
    while not connection.ended and whole.goes_on():
        if not connection.something_comes_within(connection.budgets.answer):
            return


def _received(transcript: Transcript) -> bytes:
    """All that came, on whatever connection."""
    numbers = dict.fromkeys(entry.connection for entry in transcript.entries)
    return b"".join(transcript.received_on(number) for number in numbers)
