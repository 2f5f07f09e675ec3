"""What a course's comparison does for `grade fuzz` and saved cases, which know it by this alone.

How it works. A comparison makes *conversations*: what a client says to a server, as a value. It has
a conversation with the submission and the same one with the reference, and names the first field
that had to be equal and is not. Where a protocol leaves a choice, nothing is compared: a difference
is always a fault.

Why so. Which requests may be asked, and what of an answer is free, depends on what a stage teaches:
that is the course's knowledge. Searching, making a finding smaller, confirming it on fresh
launches, saving it and asking it again is the same for every course, and stands here and in
`grader/fuzz`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from grader.comparing.taught import all_required

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.check.failure import Failure
    from grader.check.transcript import Entry
    from grader.comparing.case import Case
    from grader.comparing.difference import Difference
    from grader.course import Course
    from grader.net.session import ServerSession

Conversation = TypeVar("Conversation")


class Comparison(ABC, Generic[Conversation]):
    """One comparison. A conversation is an immutable value that can be hashed. The comparison keeps
    no state: all that it is asked for, it makes from what it is given.

    Everywhere, `taught` are the slugs of the stages whose rules hold, and `strict` says whether
    those that only advice covers do, too.
    """

    known: tuple[str, ...] = ()
    """The slugs of the stages that it has requests for."""

    def taught(self, course: Course, slugs: Sequence[str]) -> frozenset[str]:
        """These stages and all that they require, as far as they are known here."""
        return all_required(course, slugs).intersection(self.known)

    # --- what is asked

    @abstractmethod
    def conversations(
        self, taught: Collection[str], *, strict: bool
    ) -> SearchStrategy[Conversation]:
        """All conversations that these stages teach, as Hypothesis draws them."""

    @abstractmethod
    def requests(self, conversation: Conversation) -> Sequence[str]:
        """Each request of it in a few words, for the title of a finding."""

    @abstractmethod
    def smaller(self, conversation: Conversation) -> Iterator[Conversation]:
        """Conversations that are smaller and can be had, the boldest first. None may lead back to
        a larger one: the search goes on with the first that shows the same."""

    @abstractmethod
    def preceded(self, earlier: Sequence[Conversation], last: Conversation) -> Conversation | None:
        """The last conversation with what the server was asked before it, as much as can be; `None`
        where that is no conversation."""

    @abstractmethod
    def is_covered(
        self, conversation: Conversation, taught: Collection[str], *, strict: bool
    ) -> bool:
        """Whether a smaller conversation is still one that these stages teach."""

    # --- what has to be equal

    @abstractmethod
    def difference(
        self,
        session: ServerSession,
        conversation: Conversation,
        taught: Collection[str],
        *,
        strict: bool,
        thorough: bool,
    ) -> Difference | None:
        """The first difference between the session's server and the reference; `None` when there is
        none.

        session: the one of the track's protocol. thorough: wait, too, until the server has come to
        rest, to see whether it lives.

        Raises `ReferenceFault`, and `MachineError` when the grader runs out of sockets.
        """

    @abstractmethod
    def by_hand(
        self,
        conversation: Conversation,
        failure: Failure,
        entries: Sequence[Entry],
        port: int,
    ) -> str | None:
        """Commands that repeat the conversation; `None` where there are none."""

    # --- what `grade ask` sends

    @abstractmethod
    def bytes_of(self, words: str, headers: Sequence[str], body: bytes | None, port: int) -> bytes:
        """The request that is given in words, as it goes on the wire. headers, body: what `-H` and
        `-d` add. port: where the server listens. Raises `UsageError`."""

    @abstractmethod
    def conversation_of(
        self, data: bytes, taught: Collection[str], port: int
    ) -> Conversation | None:
        """What one client sends as a conversation, if these stages fix all answers to it; `None`
        where the two servers may differ."""

    # --- what is saved

    @abstractmethod
    def needed(self, conversation: Conversation, field: str = "") -> frozenset[str]:
        """The slugs of the stages that teach what this conversation asks for, and what is needed to
        judge a difference in this field."""

    @abstractmethod
    def needs_directory(self, conversation: Conversation) -> bool:
        """Whether it can only be judged where both servers have a directory."""

    @abstractmethod
    def to_json(self, case: Case[Conversation]) -> str:
        """The case as a JSON object with `what`, `stage`, `strict` and what is asked."""

    @abstractmethod
    def from_json(self, text: str) -> Case[Conversation]:
        """The case in a file. Whoever wrote it may mean harm: `BrokenCase` for everything that
        `to_json` would not write, and for what nobody could send."""


AnyComparison: TypeAlias = Comparison[Any]
