"""The search: Hypothesis makes conversations until one shows a difference, which is made smaller
and confirmed."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.configuration import set_hypothesis_home_dir

from grader.fuzz.shrink import reduced
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

    from grader.comparing.comparison import AnyComparison
    from grader.comparing.difference import Difference
    from grader.fuzz.both_servers import Attempt
    from grader.fuzz.plan import SearchPlan

_CONFIRMATIONS = 3
_SHRINKING_S = (5.0, 30.0)  # at least, and at most
# After some ten examples Hypothesis begins to vary each one five times, for parts that are alike in
# it. Here what is new finds more, so a round ends before that, and the next one has another seed.
_EXAMPLES_A_ROUND = 10
_MOST_DRY_ROUNDS = 20


class Attempts(Protocol):
    """What has conversations with both servers."""

    def attempt(self, conversation: Hashable, *, fresh: bool = False) -> Attempt:
        """Have one, on a fresh launch or on whatever runs."""


class FoundDifference(Value, frozen=True):
    """A difference that three fresh launches have shown, in the smallest conversation that was
    found for it."""

    conversation: Hashable
    difference: Difference
    attempt: Attempt


class SearchResult(Value, frozen=True):
    """What a campaign came to: how many conversations and requests it tried, in how many seconds;
    how long making the finding smaller took. unsteady: differences that were seen, and not again on
    a fresh launch."""

    finding: FoundDifference | None
    unsteady: tuple[FoundDifference, ...]
    examples: int
    requests: int
    seconds: float
    shrinking_s: float


class Suspect(Value, frozen=True):
    """A conversation that has shown a difference on a fresh launch. needs_fresh: it may hide on a
    server in use."""

    conversation: Hashable
    difference: Difference
    needs_fresh: bool = False


class _Enough(BaseException):
    """The search is over; not an Exception, which Hypothesis would take for its own business."""


class Campaign:
    """One search. `scratch` is a directory for what Hypothesis wants to keep; nothing of it
    outlasts the run."""

    def __init__(
        self,
        comparison: AnyComparison,
        stand: Attempts,
        plan: SearchPlan,
        scratch: Path,
        progress: Callable[[int], None],
    ) -> None:
        self._comparison = comparison
        self._stand = stand
        self._plan = plan
        self._scratch = scratch
        self._progress = progress
        self._began = time.monotonic()
        self._ended: float | None = None
        self._examples = 0
        self._requests = 0
        self._asked: set[int] = set()  # hashes: there may be many, and large ones
        self._suspect: Suspect | None = None
        self._unsteady: list[FoundDifference] = []
        self._fault: Exception | None = None

    def run(self) -> SearchResult:
        """Search until something is found and confirmed, or enough was tried."""
        set_hypothesis_home_dir(self._scratch / "hypothesis")
        try:
            finding = self._search()
        finally:
            set_hypothesis_home_dir(None)
        now = time.monotonic()
        until = self._ended or now
        return SearchResult(
            finding,
            tuple(self._unsteady),
            self._examples,
            self._requests,
            until - self._began,
            now - until,
        )

    def _search(self) -> FoundDifference | None:
        plan = self._plan
        strategy = self._comparison.conversations(plan.taught, strict=plan.strict)
        dry = number = 0
        while dry < _MOST_DRY_ROUNDS and not self._is_over():
            known = self._examples
            self._suspect = self._ended = None
            self._round(strategy, f"{plan.seed}/{number}")
            if (
                self._suspect is not None
                and (finding := self._confirmed(self._suspect)) is not None
            ):
                return finding
            dry = dry + 1 if self._examples == known else 0
            number += 1
        return None

    def _round(self, strategy: SearchStrategy[Hashable], seed: str) -> None:
        """Ask some conversations, until the first difference."""
        tuned = settings(
            max_examples=_EXAMPLES_A_ROUND,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            verbosity=Verbosity.quiet,
            derandomize=False,
        )(hypothesis.given(strategy)(self._try))
        with suppress(_Enough):
            hypothesis.seed(seed)(tuned)()
        if self._fault is not None:
            raise self._fault

    def _try(self, conversation: Hashable) -> None:
        """What Hypothesis calls with each conversation."""
        if self._is_over():
            raise _Enough
        if hash(conversation) in self._asked:
            return
        self._asked.add(hash(conversation))
        self._examples += 1
        self._requests += len(self._comparison.requests(conversation))
        self._progress(self._examples)
        try:
            self._suspect = self._suspected(conversation)
        except Exception as error:
            # the grader's or the machine's fault, and not for Hypothesis to look into
            self._fault = error
        if self._suspect is not None or self._fault is not None:
            self._ended = time.monotonic()
            raise _Enough

    def _is_over(self) -> bool:
        plan = self._plan
        enough = plan.examples is not None and self._examples >= plan.examples
        return enough or time.monotonic() - self._began > plan.seconds

    def _suspected(self, conversation: Hashable) -> Suspect | None:
        """The conversation, if it shows a difference also on a fresh launch: by itself, or with
        those before it."""
        attempt = self._stand.attempt(conversation)
        if attempt.difference is None:
            return None
        if not attempt.before:
            return Suspect(conversation, attempt.difference)
        with_earlier = self._comparison.preceded(attempt.before, conversation)
        for longer in (conversation, with_earlier):
            if (
                longer is not None
                and (found := self._stand.attempt(longer, fresh=True).difference) is not None
            ):
                return Suspect(longer, found, needs_fresh=longer is with_earlier)
        self._unsteady.append(FoundDifference(conversation, attempt.difference, attempt))
        return None

    def _confirmed(self, suspect: Suspect) -> FoundDifference | None:
        """The suspect made smaller, if each of three fresh launches shows the same; else the
        suspect as it was."""
        until = time.monotonic() + self._patience()
        shows = partial(self._shows, suspect, until)
        small = reduced(suspect.conversation, self._comparison.smaller, shows)
        for conversation in dict.fromkeys((small, suspect.conversation)):
            attempts = [
                self._stand.attempt(conversation, fresh=True) for _ in range(_CONFIRMATIONS)
            ]
            keys = {attempt.difference.key if attempt.difference else None for attempt in attempts}
            last = attempts[-1].difference
            if len(keys) == 1 and last is not None:
                return FoundDifference(conversation, last, attempts[-1])
        self._unsteady.append(
            FoundDifference(suspect.conversation, suspect.difference, attempts[-1])
        )
        return None

    def _patience(self) -> float:
        least, most = _SHRINKING_S
        return min(max(least, self._plan.seconds), most)

    def _shows(self, suspect: Suspect, until: float, candidate: Hashable) -> bool:
        """Whether this conversation, too, shows the difference; a server in use is asked first, for
        it is faster."""
        field = suspect.difference.field
        plan = self._plan
        if not self._comparison.is_covered(candidate, plan.taught, strict=plan.strict):
            return False
        for fresh in (True,) if suspect.needs_fresh else (False, True):
            if time.monotonic() > until:
                return False
            attempt = self._stand.attempt(candidate, fresh=fresh)
            if attempt.difference is None or attempt.difference.field != field:
                return False
            if not attempt.before:
                return True
        return True
