"""Two datagrams in a row are two events, where two pieces of a stream are one."""

from __future__ import annotations

from grader.check.transcript import Direction, Transcript
from grader.reporters.exchange import acts


def recorded(*, whole: bool) -> list[bytes]:
    """What is shown as the acts of a client that sends twice."""
    transcript = Transcript(lambda: 0.0)
    for data in (b"one", b"two"):
        transcript.record(1, Direction.SENT, data, whole=whole)
    return [act.data for act in acts(transcript.entries)]


def test_a_datagram_is_never_joined_with_another_one() -> None:
    assert recorded(whole=True) == [b"one", b"two"]


def test_pieces_of_a_stream_are_joined() -> None:
    assert recorded(whole=False) == [b"onetwo"]
