"""How patient one try of a check is, and what a run has learned of how its server keeps clients
waiting.

How it works. A check that fails on a server that has served others is judged again on a fresh one,
and only that counts. So the first try need not wait for as long: when nothing has come for a while
it is broken off, undecided, and the fresh server is asked instead, with all patience. And an answer
that does not say where it ends is taken for whole as soon as the server rests, once one of its
answers was waited for in vain for as long as that may take.

A try that counts waits for such an end in full, too, unless each thread of the server sleeps as
long, or has ticked several times with nothing sent.

Why so. A server that hangs costs one budget instead of two, and no right one can fail by haste:
what a first try does not see to its end, a patient one judges. A server that turns out to be slow
is waited for from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import field

from grader.program.guests import MOST
from grader.system.patience import wait
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.system.patience import Deadline

_PART: Final = 0.1
"""Of a budget, how long a first try waits."""

_ENOUGH: Final = 2
"""How often a server is waited for in vain before it counts as one that does not rest."""


class Undecided(Exception):
    """A first try was broken off: nothing has come for a while. No `Failure`, which a check may
    expect."""


class Noted:
    """A question to ask again and again, and what its last answer was."""

    def __init__(self, question: Callable[[], bool]) -> None:
        self._question = question
        self.answer = False

    def __call__(self) -> bool:
        self.answer = self._question()
        return self.answer


class Habits:
    """What a run has learned of its server; one for all of its launches."""

    def __init__(self) -> None:
        self.is_slow = False
        """It has answered after more than the time that a hurried try would have waited."""
        self.leaves_answers_open = False
        """An answer of it had no end, and nothing followed for as long as something may."""
        self.pauses = False
        """It has passed with patience after a try had found a fault that had taken its rest for the
        end of an answer."""
        self.keeps_lengths = False
        """It was seen to wait for a body as long as an earlier request has announced."""
        self.ignores_some = False
        """It has left a request that need not be answered without a word for a whole budget."""
        self.did_not_rest = False
        """It was not seen at rest when that was waited for, in the try at hand."""
        self.spins = False
        """It was seen to compute all the time when its clients had left, and is started anew when
        it does."""
        self.served_beside = 0
        """So many clients stayed with it while another one was answered."""
        self.most_beside = MOST
        """So many may stay with it: with one more a try has failed, which then passed."""


class Try(Value):
    """One try of a check. first: the check is judged once more if this fails. took_rest_for_an_end:
    it has taken an answer for whole since the server rested. in_vain: how often, one after the
    other, it has waited for the server to rest, which did not. left_open: how many answers without
    an end it has waited for until the time was up."""

    habits: Habits = field(default_factory=Habits)
    first: bool = False
    took_rest_for_an_end: bool = False
    in_vain: int = 0
    left_open: int = 0

    @property
    def hurries(self) -> bool:
        return self.first and not self.habits.is_slow

    def sees(
        self,
        ready: Callable[[float], bool],
        deadline: Callable[[float], Deadline],
        budget_s: float,
        hopeless: Callable[[], bool],
    ) -> bool:
        """Wait as `patience.wait` does, within a budget whose end is a failure. Raises `Undecided`
        when this try is in a hurry, and whether it is ready is not known yet."""
        in_vain = Noted(hopeless)
        if wait(ready, deadline(budget_s * _PART), in_vain):
            return True
        if in_vain.answer:
            return False
        if self.hurries:
            raise Undecided
        if not wait(ready, deadline(budget_s * (1 - _PART)), hopeless):
            return False
        self.habits.is_slow = True
        return True

    def sees_any(
        self,
        ready: Callable[[float], bool],
        deadline: Callable[[float], Deadline],
        budget_s: float,
        hopeless: Callable[[], bool],
    ) -> bool:
        """As `sees`, of what need not come: of a server that has kept such a client waiting for a
        whole budget before, for a part of it only."""
        if self.habits.ignores_some and not self.habits.is_slow:
            return wait(ready, deadline(budget_s * _PART), hopeless)
        in_vain = Noted(hopeless)
        comes = self.sees(ready, deadline, budget_s, in_vain)
        self.habits.ignores_some |= not comes and not in_vain.answer
        return comes

    def waits_for_rest(
        self,
        ready: Callable[[float], bool],
        deadline: Callable[[float], Deadline],
        quiet_s: float,
        rests: Callable[[], bool],
        *,
        steps_s: tuple[float, float] = (0.001, 0.05),
        patiently: bool = False,
    ) -> bool:
        """Wait as `patience.wait` does, until the server rests or the `quiet` budget has passed. Of
        a server that was twice not seen at rest in this try, for a part of that: one that computes
        for ever is not waited for each time. patiently: always that long, since a verdict hangs on
        whether it is ready."""
        until = deadline(quiet_s if patiently else self.enough_for_rest_s(quiet_s))
        at_rest, (first_s, longest_s) = Noted(rests), steps_s
        if ready(0):
            return True
        rests()  # what it asks of two looks has its first one here, and mostly waits for one step
        comes = wait(ready, until, at_rest, step_s=first_s, longest_step_s=longest_s)
        if at_rest.answer:
            self.in_vain = 0
        elif not comes:
            self.in_vain += 1
            self.habits.did_not_rest = True
        return comes

    def enough_for_rest_s(self, quiet_s: float) -> float:
        """How long the server is waited for until it rests, of the `quiet` budget."""
        never_rests = self.in_vain >= _ENOUGH or (self.first and self.habits.spins)
        return quiet_s * (_PART if never_rests else 1)

    def stays_beside(self, guests: int) -> bool:
        """Whether a client on whose leaving nothing hangs stays with the server, as so many have
        done before it: one that computes for each that has left answers the others ever more
        slowly. One that serves only so many at a time would wait for it: where a failure is the
        last word, no more stay than were seen to be served beside another, and elsewhere one
        more."""
        habits = self.habits
        most = min(habits.served_beside + self.first, habits.most_beside)
        return habits.spins and guests < most

    @property
    def knows_open_answers(self) -> bool:
        """Whether the server is known to leave its answers without an end."""
        return self.habits.leaves_answers_open and not (self.habits.pauses or self.habits.is_slow)

    @property
    def takes_rest_for_an_end(self) -> bool:
        """Whether an answer that does not say where it ends is whole when the server rests."""
        return self.hurries and self.knows_open_answers

    def leaves_open(self, *, seen: bool) -> None:
        """An answer had no end, and nothing followed for as long as something may. seen: that was
        seen before the time was up."""
        self.left_open += not seen
        self.habits.leaves_answers_open = True

    def end_s(self, budget_s: float) -> float:
        """How long an answer without an end is waited for, of the `answer` budget: for a part of it
        once that was twice in vain in this try, with a server that never rests, which would tell
        before."""
        known = self.knows_open_answers and self.left_open >= _ENOUGH
        return budget_s * (_PART if known else 1)

    def enough_s(self, budget_s: float) -> float:
        """Of a server that is known to do so, how long its answer has to be left open."""
        return budget_s * _PART


def undecided_when(rests: Callable[[], bool]) -> Callable[[], bool]:
    """A question that breaks a first try off where another one is answered by yes."""

    def question() -> bool:
        if rests():
            raise Undecided
        return False

    return question
