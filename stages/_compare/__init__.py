"""How the tracks of this course are compared with the reference: which requests each stage teaches,
what of an answer RFC 9110 and 9112 and the pages fix, and how a conversation is made smaller.

Read `conversation.py` first: it is what all others speak of. `routes.py` and `coverage.py` say what
may be asked, `expectations.py` and `odd_rules.py` what must be equal, `exchange.py` has the
conversation, `differences.py` judges it. `search/` draws conversations at random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from grader.comparing.comparison import Comparison
from grader.errors import UsageError

from . import by_hand, by_words, coverage, expectations, judge, saved_form
from .conversation import Conversation
from .routes import FILES, HEADERS, KEEP_ALIVE, KNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.check.failure import Failure
    from grader.check.transcript import Entry
    from grader.comparing.case import Case
    from grader.comparing.difference import Difference
    from grader.course import Course
    from grader.http1.session import Session
    from grader.net.session import ServerSession


class HttpServer(Comparison[Conversation]):
    """As `Comparison`. What draws and shrinks conversations is imported when it is used: those who
    only grade do not wait for Hypothesis."""

    known = KNOWN

    def taught(self, course: Course, slugs: Sequence[str]) -> frozenset[str]:
        """From keep-alive on, checks ask for files and /user-agent, too."""
        taught = super().taught(course, slugs)
        return taught | {FILES, HEADERS} if KEEP_ALIVE in taught else taught

    def conversations(
        self, taught: Collection[str], *, strict: bool
    ) -> SearchStrategy[Conversation]:
        from .search.all_kinds import all_kinds

        return all_kinds(taught, strict=strict)

    def requests(self, conversation: Conversation) -> Sequence[str]:
        return [str(ask) for ask in conversation.asks]

    def smaller(self, conversation: Conversation) -> Iterator[Conversation]:
        from .search.shrink import smaller

        return smaller(conversation)

    def preceded(self, earlier: Sequence[Conversation], last: Conversation) -> Conversation | None:
        from .search.shrink import preceded

        return preceded(earlier, last)

    def is_covered(
        self, conversation: Conversation, taught: Collection[str], *, strict: bool
    ) -> bool:
        return all(coverage.is_covered(ask, taught, strict=strict) for ask in conversation.asks)

    def difference(
        self,
        session: ServerSession,
        conversation: Conversation,
        taught: Collection[str],
        *,
        strict: bool,
        thorough: bool,
    ) -> Difference | None:
        http = cast("Session", session)  # the protocol of both tracks is http1
        return judge.judged(http, conversation, taught, strict=strict, thorough=thorough)

    def by_hand(
        self,
        conversation: Conversation,
        failure: Failure,
        entries: Sequence[Entry],
        port: int,
    ) -> str | None:
        raw = failure.kind not in by_hand.SEEN_BY_CURL
        return by_hand.by_hand(conversation, entries, port, raw=raw)

    def bytes_of(self, words: str, headers: Sequence[str], body: bytes | None, port: int) -> bytes:
        typed = by_words.Typed(" ".join(words.split()), tuple(headers), body)
        if fault := typed.fault():
            raise UsageError(fault)
        return typed.to_bytes(f"localhost:{port}")

    def conversation_of(
        self, data: bytes, taught: Collection[str], port: int
    ) -> Conversation | None:
        return by_words.conversation_of(data, taught, f"localhost:{port}")

    def needed(self, conversation: Conversation, field: str = "") -> frozenset[str]:
        return expectations.needed(conversation, field)

    def needs_directory(self, conversation: Conversation) -> bool:
        return FILES in self.needed(conversation)

    def to_json(self, case: Case[Conversation]) -> str:
        return saved_form.dumped(case)

    def from_json(self, text: str) -> Case[Conversation]:
        return saved_form.parsed(text)


COMPARISON: Final = HttpServer()
