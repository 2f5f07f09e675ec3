"""What odd conversations are generated: each kind that is taught, none that is not, and all of them
can be had."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from grader.comparing.case import Case
from stages._compare.conversation import Ask, Conversation, Leaving, faults
from stages._compare.expectations import expectations_of, needed
from stages._compare.odd_rules import RULES
from stages._compare.routes import KNOWN, METHODS
from stages._compare.saved_form import dumped, parsed
from stages._compare.search.odd import odd_conversations
from stages._compare.search.shrink import smaller

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ALL = frozenset(KNOWN)


@cache
def drawn(
    taught: Collection[str] = ALL, *, strict: bool = False, count: int = 200, number: int = 0
) -> tuple[Conversation, ...]:
    """What is generated for these stages from this number. Hypothesis draws from the constants of
    all modules that have been imported, too, so it is not the same in every run."""
    strategy = odd_conversations(taught, strict=strict)
    assert strategy is not None
    found: list[Conversation] = []
    tuned = settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    seed(number)(tuned(given(strategy)(lambda asked: found.append(asked))))()
    return tuple(found)


def comes(what: Callable[[Ask], bool]) -> bool:
    """Whether such a request is drawn; what comes once in a thousand is missed once in a hundred
    million."""
    lots = (drawn(strict=True, number=number) for number in range(100))
    return any(what(ask) for lot in lots for asked in lot for ask in asked.asks)


def test_the_first_stage_has_none() -> None:
    assert odd_conversations(frozenset(KNOWN[:1]), strict=True) is None


@pytest.mark.e2e
@pytest.mark.parametrize("count", range(2, len(KNOWN) + 1))
@pytest.mark.parametrize("strict", [False, True])
def test_every_conversation_can_be_had_and_is_within_what_is_taught(
    count: int, strict: bool
) -> None:
    taught = frozenset(KNOWN[:count])
    for asked in drawn(taught, strict=strict, count=200 if taught == ALL else 20):
        assert list(faults(asked)) == []
        assert needed(asked) <= taught
        assert len(expectations_of(asked, taught, strict=strict)) == len(asked.asks)


def test_an_ordinary_request_shows_what_the_odd_ones_did() -> None:
    for asked in (
        asked for asked in drawn() if any(ask.odd or ask.leaves.value for ask in asked.asks)
    ):
        last = asked.asks[-1]
        assert (last.odd, last.leaves) == ("", Leaving.STAYS)
        assert expectations_of(asked, ALL, strict=False)[-1].status


def test_what_is_kept_comes_back() -> None:
    for asked in drawn(strict=True):
        case = Case(asked, METHODS, True, "what was seen")
        assert parsed(dumped(case)) == case


def test_smaller_conversations_are_smaller_and_can_be_had() -> None:
    for asked in drawn(strict=True)[:40]:
        for candidate in smaller(asked):
            assert candidate.size < asked.size
            assert list(faults(candidate)) == []


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_requests(rule: str) -> None:
    assert comes(lambda ask: ask.odd == rule)


@pytest.mark.parametrize("way", [way for way in Leaving if way is not Leaving.STAYS])
def test_clients_leave_in_every_way(way: Leaving) -> None:
    assert comes(lambda ask: ask.leaves is way)


@pytest.mark.variant
@pytest.mark.e2e
@pytest.mark.parametrize(
    "what",
    [
        lambda ask: "%z" in ask.target,
        lambda ask: "%0d%0aX-Evil:" in ask.target,
        lambda ask: any("\x85" in line for line in ask.lines),
        lambda ask: "{served}-old/" in ask.target,
        lambda ask: "%24%28echo%20unnamed%29" in ask.target,
        lambda ask: ask.method == "HEAD" and b"HTTP/1.1" in ask.body,
        lambda ask: ask.times == 500,
        lambda ask: "\r\n " in ask.version,
        lambda ask: ask.hostless,
        lambda ask: any("\r" in line for line in ask.lines),
        lambda ask: len(ask.values("Content-Length")) == 2,
        lambda ask: any("\xb2" in value for value in ask.values("Content-Length")),
        lambda ask: len(ask.values("Transfer-Encoding")) == 2,
        lambda ask: b"\r\nUser-Agent: evil\r\n" in ask.body,
        lambda ask: ask.body.startswith(b"5\n"),
    ],
)
def test_what_can_come(what: Callable[[Ask], bool]) -> None:
    assert comes(what)
