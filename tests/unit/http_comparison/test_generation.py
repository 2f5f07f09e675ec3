"""What is generated: whole requests within what the selected stages teach, and smaller ones of the
same kind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from grader.fuzz.shrink import reduced
from stages._compare.conversation import Ask, Conversation, faults
from stages._compare.coverage import is_covered
from stages._compare.expectation import After, Expectation
from stages._compare.expectations import codings_for, expectations_of, needed
from stages._compare.routes import KNOWN, Route, route_of
from stages._compare.search.conversations import conversations
from stages._compare.search.shrink import preceded, smaller
from tests.valid_http import ACCEPT_ENCODING, complaint_of_h11

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ALL = frozenset(KNOWN)
BEFORE_KEEP_ALIVE = ALL - {"keep-alive"}


@cache
def drawn(
    taught: Collection[str] = ALL, *, strict: bool = False, count: int = 150, number: int = 0
) -> tuple[Conversation, ...]:
    """What is generated for these stages from this number. Hypothesis draws from the constants of
    all modules that have been imported, too, so it is not the same in every run."""
    found: list[Conversation] = []
    tuned = settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    strategy = conversations(taught, strict=strict)
    seed(number)(tuned(given(strategy)(lambda asked: found.append(asked))))()
    return tuple(found)


def comes(what: Callable[[Ask], bool], taught: Collection[str] = ALL) -> bool:
    """Whether such a request is drawn in some thousand conversations."""
    lots = (drawn(taught, strict=True, number=number) for number in range(50))
    return any(what(ask) for lot in lots for asked in lot for ask in asked.asks)


@pytest.mark.e2e
@pytest.mark.parametrize("count", range(1, len(KNOWN) + 1))
@pytest.mark.parametrize("strict", [False, True])
def test_every_conversation_can_be_had_and_is_within_what_is_taught(
    count: int, strict: bool
) -> None:
    taught = frozenset(KNOWN[:count])
    for asked in drawn(taught, strict=strict, count=150 if taught == ALL else 15):
        assert list(faults(asked)) == []
        assert needed(asked) <= taught
        assert [ask for ask in asked.asks if not is_covered(ask, taught, strict=strict)] == []
        assert Expectation() not in expectations_of(asked, taught, strict=False) or strict


@pytest.mark.parametrize("strict", [False, True])
def test_every_request_is_valid_http(strict: bool) -> None:
    for ask in (ask for asked in drawn(strict=strict) for ask in asked.asks):
        # h11 does not know that an empty line may come before a request (RFC 9112 2.2).
        assert complaint_of_h11(ask.head("localhost:4221").removeprefix(b"\r\n") + ask.body) == ""
        assert all(ACCEPT_ENCODING.fullmatch(listed) for listed in ask.values("Accept-Encoding"))


@pytest.mark.e2e
def test_by_default_nothing_is_asked_that_only_advice_covers() -> None:
    for ask in (ask for asked in drawn() for ask in asked.asks):
        assert ask.version == "HTTP/1.1"
        assert not ask.joined
        assert not ask.blank_first
        assert "?" not in ask.target
        assert all(cut >= 0 for cut in ask.cuts)
        assert route_of(ask) is Route.OUTSIDE or "%" not in ask.target
        assert ask.method == ("POST" if ask.body or ask.values("Content-Length") else "GET")


def test_before_keep_alive_each_request_has_a_connection_of_its_own() -> None:
    for asked in drawn(BEFORE_KEEP_ALIVE, count=15):
        assert [ask.connection for ask in asked.asks] == list(range(1, len(asked.asks) + 1))


def test_nothing_follows_on_a_connection_that_may_close() -> None:
    for asked in drawn():
        laws = expectations_of(asked, ALL, strict=False)
        for index, (ask, law) in enumerate(zip(asked.asks, laws, strict=True)):
            later = {other.connection for other in asked.asks[index + 1 :]}
            assert law.after is After.OPEN or ask.connection not in later


@pytest.mark.parametrize(
    "what",
    [
        lambda asked: asked.beside,
        lambda asked: len({ask.connection for ask in asked.asks}) < len(asked.asks),
        lambda asked: any(ask.wants_close for ask in asked.asks),
        lambda asked: any(ask.cuts for ask in asked.asks),
        lambda asked: any(ask.values("Accept-Encoding") for ask in asked.asks),
        lambda asked: any(len(ask.head("")) > 1100 for ask in asked.asks),
        lambda asked: any(
            route_of(ask) is Route.OUTSIDE and ask.method == "POST" for ask in asked.asks
        ),
        lambda asked: any(
            ask.target == f"/files/{name}" for ask in asked.asks for name, _ in asked.files
        ),
    ],
)
def test_what_can_come(what: Callable[[Conversation], bool]) -> None:
    assert any(map(what, drawn()))


@pytest.mark.variant
@pytest.mark.e2e
@pytest.mark.parametrize(
    "what",
    [
        lambda ask: "//" in ask.target,
        lambda ask: any("*;q=0" in listed for listed in ask.values("Accept-Encoding")),
        lambda ask: "close, keep-alive" in ask.values("Connection"),
        lambda ask: "keep-alive, close" in ask.values("Connection"),
    ],
)
def test_what_advice_covers_can_come(what: Callable[[Ask], bool]) -> None:
    assert comes(what)


@pytest.mark.variant
@pytest.mark.e2e
def test_a_refused_rest_leaves_something_that_is_named() -> None:
    lots = (drawn(strict=True, number=number) for number in range(4))
    for ask in (ask for lot in lots for asked in lot for ask in asked.asks):
        for listed in (value for value in ask.values("Accept-Encoding") if "*;q=0" in value):
            assert codings_for(ask), listed


@pytest.mark.e2e
def test_large_bodies_come() -> None:
    """About one body in a hundred is large."""
    assert comes(lambda ask: len(ask.body) > 65536, frozenset({"ok", "paths", "files"}))


# --- smaller ones ---------------------------------------------------------------------------------


def test_smaller_conversations_are_smaller_and_can_be_had() -> None:
    for asked in drawn(strict=True)[:30]:
        for candidate in smaller(asked):
            assert candidate.size < asked.size
            assert list(faults(candidate)) == []


def test_a_conversation_is_reduced_to_what_matters() -> None:
    for asked in drawn()[:30]:
        wanted = asked.asks[-1].target

        def matters(found: Conversation, wanted: str = wanted) -> bool:
            return any(ask.target == wanted for ask in found.asks)

        small = reduced(asked, smaller, matters)
        assert [ask.target for ask in small.asks] == [wanted]
        assert small.beside == ()
        assert small.files == ()
        assert not small.asks[0].cuts
        assert len(small.asks[0].lines) <= 1


def test_a_text_is_cut_down_to_the_letters_that_matter() -> None:
    asked = Conversation((Ask(target="/echo/aaaabaaaa", lines=("X: y", "User-Agent: abcdefgh")),))
    small = reduced(asked, smaller, lambda found: "b" in found.asks[0].target)
    assert small == Conversation((Ask(target="/echo/b"),))
    small = reduced(
        asked,
        smaller,
        lambda found: any("de" in value for value in found.asks[0].values("User-Agent")),
    )
    assert small.asks[0].lines == ("User-Agent: de",)


def test_the_body_keeps_its_length_header() -> None:
    asked = Conversation(
        (
            Ask(
                "POST",
                "/files/a",
                ("A: b", "Content-Length: 1000"),
                b"x" * 999 + b"!",
                cuts=(0, 500),
            ),
        )
    )
    small = reduced(
        asked, smaller, lambda found: found.asks[0].method == "POST" and b"!" in found.asks[0].body
    )
    assert small.asks == (Ask("POST", "/files/a", ("Content-Length: 1",), b"!"),)


def test_files_get_shorter_names_everywhere() -> None:
    asked = Conversation((Ask(target="/files/qwertz.dat"),), (("qwertz.dat", b"some text"),))
    small = reduced(
        asked,
        smaller,
        lambda found: (
            len(found.files) == 1 and found.asks[0].target == f"/files/{found.files[0][0]}"
        ),
    )
    assert small == Conversation((Ask(target="/files/a"),), (("a", b""),))


def test_what_came_before_is_put_before() -> None:
    earlier = [
        Conversation((Ask(), Ask(connection=2))),
        Conversation((Ask(target="/a"),), beside=(b"x",)),
    ]
    last = Conversation((Ask(target="/b"), Ask(target="/c")))
    merged = preceded(earlier, last)
    assert merged is not None
    assert [(ask.target, ask.connection) for ask in merged.asks] == [
        ("/", 1), ("/", 2), ("/a", 3), ("/b", 4), ("/c", 4)
    ]  # fmt: skip
    assert merged.beside == (b"x",)
    assert preceded([], last) is None


def test_of_a_long_past_only_the_end_is_put_before() -> None:
    earlier = [Conversation((Ask(target=f"/{number}"),)) for number in range(30)]
    merged = preceded(earlier, Conversation((Ask(target="/last"),)))
    assert merged is not None
    assert list(faults(merged)) == []
    assert [ask.target for ask in merged.asks][-3:] == ["/28", "/29", "/last"]
    assert Counter(ask.connection for ask in merged.asks).most_common(1)[0][1] == 1
