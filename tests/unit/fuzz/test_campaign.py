"""The search, over servers that are functions: what is found, what is confirmed, and when it
ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.comparing.difference import Difference
from grader.errors import MachineError
from grader.fuzz.both_servers import Attempt
from grader.fuzz.campaign import Campaign, SearchResult
from grader.fuzz.plan import SearchPlan
from stages._compare import COMPARISON
from stages._compare.conversation import Conversation
from stages._compare.routes import KNOWN

if TYPE_CHECKING:
    from pathlib import Path

ALL = frozenset(KNOWN)
Server = Callable[[list[Conversation]], str | None]
"""From everything since its launch, the last one being asked now, to the field that differs."""


class Stand:
    """Launches servers that are functions, and counts."""

    def __init__(self, server: Server) -> None:
        self.asked: list[Conversation] = []
        self.launches = 1
        self._server = server
        self._since: list[Conversation] = []

    def attempt(self, conversation: Conversation, *, fresh: bool = False) -> Attempt:
        if fresh:
            self._since = []
            self.launches += 1
        before = tuple(self._since)
        self.asked.append(conversation)
        self._since.append(conversation)
        field = self._server(self._since)
        found = Difference(field, 0, Failure(Kind.MISMATCH, "it differs")) if field else None
        return Attempt(found, (), before, b"")


def search(
    server: Server, place: Path, *, seed: int = 1, examples: int = 300, strict: bool = False
) -> SearchResult:
    return _campaign(Stand(server), place, seed=seed, examples=examples, strict=strict).run()


def _campaign(
    stand: Stand,
    place: Path,
    *,
    seed: int = 1,
    examples: int = 300,
    seconds: float = 600,
    strict: bool = False,
) -> Campaign:
    plan = SearchPlan(ALL, seed, seconds, examples, strict)
    return Campaign(COMPARISON, stand, plan, place, lambda count: None)


def posts(since: list[Conversation]) -> str | None:
    return "file" if any(ask.method == "POST" for ask in since[-1].asks) else None


def test_nothing_is_found_where_nothing_differs(tmp_path: Path) -> None:
    result = search(lambda since: None, tmp_path, examples=100)
    assert result.finding is None
    assert result.unsteady == ()
    assert result.examples == 100
    assert result.requests >= 100


def test_what_differs_is_found_and_made_small(tmp_path: Path) -> None:
    result = search(posts, tmp_path)
    assert result.finding is not None
    (ask,) = result.finding.conversation.asks
    assert ask.method == "POST"
    assert result.finding.conversation.files == ()
    assert len(ask.lines) == 1
    assert result.finding.difference.field == "file"


def test_the_same_seed_asks_the_same(tmp_path: Path) -> None:
    stands = [Stand(lambda since: None) for _ in range(3)]
    for stand, seed in zip(stands, (5, 5, 6), strict=True):
        _campaign(stand, tmp_path, seed=seed, examples=50).run()
    assert stands[0].asked == stands[1].asked
    assert stands[0].asked != stands[2].asked


def test_a_finding_is_confirmed_by_three_launches(tmp_path: Path) -> None:
    stand = Stand(posts)
    finding = _campaign(stand, tmp_path).run().finding
    assert finding is not None
    assert stand.asked[-3:] == [finding.conversation] * 3
    assert stand.launches > 3


def test_what_is_seen_once_is_no_finding(tmp_path: Path) -> None:
    seen: list[Conversation] = []

    def once(since: list[Conversation]) -> str | None:
        seen.append(since[-1])
        return "status" if len(seen) == 20 else None

    result = search(once, tmp_path, examples=50)
    assert result.finding is None
    assert [found.difference.field for found in result.unsteady] == ["status"]
    assert result.examples == 50


def test_what_differs_in_another_way_each_time_is_no_finding(tmp_path: Path) -> None:
    seen: list[Conversation] = []

    def moody(since: list[Conversation]) -> str | None:
        seen.append(since[-1])
        return f"field {len(seen)}" if posts(since) else None

    result = search(moody, tmp_path, examples=30)
    assert result.finding is None
    assert result.unsteady


def test_what_depends_on_the_past_is_found_with_it(tmp_path: Path) -> None:
    def forgetful(since: list[Conversation]) -> str | None:
        asked = [ask.target for conversation in since for ask in conversation.asks]
        return "body" if "/user-agent" in asked and asked[-1].startswith("/echo/") else None

    finding = search(forgetful, tmp_path).finding
    assert finding is not None
    first, second = finding.conversation.asks
    assert first.target == "/user-agent"
    assert second.target.startswith("/echo/")


def test_a_smaller_conversation_stays_within_what_is_taught(tmp_path: Path) -> None:
    """An upload without Content-Length, for one, would be smaller, and may be refused by
    everybody."""
    finding = search(posts, tmp_path).finding
    assert finding is not None
    assert finding.conversation.asks[0].values("Content-Length") == (
        str(len(finding.conversation.asks[0].body)),
    )


def test_time_ends_the_search(tmp_path: Path) -> None:
    result = _campaign(Stand(lambda since: None), tmp_path, seconds=0.0, examples=10**6).run()
    assert result.examples <= 1


@pytest.mark.parametrize("error", [MachineError("no sockets"), ZeroDivisionError()])
def test_a_fault_of_ours_ends_the_search_and_is_nobodys_finding(
    tmp_path: Path, error: Exception
) -> None:
    def broken(since: list[Conversation]) -> str | None:
        raise error

    with pytest.raises(type(error)):
        search(broken, tmp_path)


def test_an_interrupt_leaves_at_once(tmp_path: Path) -> None:
    stand = Stand(lambda since: _interrupt() if posts(since) else None)
    with pytest.raises(KeyboardInterrupt):
        _campaign(stand, tmp_path).run()
    assert posts(stand.asked[-1:])


def _interrupt() -> None:
    raise KeyboardInterrupt


def test_nothing_is_left_where_the_grader_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    search(lambda since: None, tmp_path / "scratch", examples=20)
    assert os.listdir(here) == []
