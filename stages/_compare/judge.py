"""Has a conversation with a submission and with the reference, and finds the first difference
between them."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from grader.check.failure import Failure
from grader.comparing.difference import Difference, ReferenceFault
from grader.errors import MachineError
from grader.http1 import expect

from .differences import difference
from .exchange import Side, play
from .expectations import expectations_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.http1.session import Session

    from .conversation import Conversation
    from .expectation import Expectation
    from .observed import Observed

_OURS = (errno.EADDRNOTAVAIL, errno.EMFILE, errno.ENFILE, errno.ENOBUFS)


def judged(
    session: Session,
    conversation: Conversation,
    taught: Collection[str],
    *,
    strict: bool,
    thorough: bool,
) -> Difference | None:
    """The first difference between the session's server and the reference; None when there is none.

    taught: the slugs of the stages whose rules hold. thorough: wait, too, until the server has come
    to rest, to see whether it lives. Raises `ReferenceFault`, and `MachineError` when the grader
    runs out of sockets.
    """
    laws = expectations_of(conversation, taught, strict=strict)
    reference = _reference(session, conversation, laws)
    ours = session.files if session.has_files else None
    try:
        yours = play(conversation, laws, Side(session.connect, session.host, ours))
    except Failure as failure:  # of the directory
        return Difference("directory", 0, failure)
    found = difference(conversation, laws, reference, yours) or _death(
        session, conversation, thorough=thorough
    )
    if found is not None and _is_ours(found.failure):
        raise MachineError(
            f"this machine has no more sockets for the grader: {found.failure.__cause__}"
        )
    return found


def _reference(
    session: Session, conversation: Conversation, laws: Sequence[Expectation]
) -> tuple[Observed, ...]:
    """What the reference answers to each request."""
    side = Side(session.connect_reference, session.host, session.reference_files, trusted=True)
    try:
        reference = play(conversation, laws, side)
    except Failure as failure:
        raise ReferenceFault(
            f"the reference's files cannot be used: {failure.summary}"
        ) from failure
    ordinary = (seen for seen, ask in zip(reference, conversation.asks, strict=True) if not ask.odd)
    if fault := next((seen.failure for seen in ordinary if seen.failure is not None), None):
        raise ReferenceFault(f"the reference does not answer: {fault.summary}")
    return reference


def _is_ours(failure: Failure) -> bool:
    cause = failure.__cause__
    return isinstance(cause, OSError) and cause.errno in _OURS


def _death(session: Session, conversation: Conversation, *, thorough: bool) -> Difference | None:
    """The program has to live on after the last answer."""
    if not thorough and session.server.program.alive:
        return None
    session.close()  # a client that leaves may be what it dies of
    try:
        expect.running(session)
    except Failure as failure:
        return Difference("program", len(conversation.asks) - 1, failure)
    return None
