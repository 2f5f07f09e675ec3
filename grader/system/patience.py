"""Deadlines in time the server was able to run: a busy machine never shortens one, a hard cap
always ends it.

On expiry a deadline gives back the time that server and grader stood runnable without a processor,
as far as others had the processors meanwhile. A sleeping server gains nothing by it, nor one whose
threads queue behind each other. Of threads that queue at the same time, each waits that long only
once: what they waited together is divided by how many wanted a processor at a time; but never less
is given back than the one that waited longest.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from grader.system.processes import (
    Look,
    longest_queued_s,
    processors,
    queued_s,
    ran_since_s,
    starved,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CAP = 10.0
"""How many times its budget a wait may last in wall time, on however busy a machine."""

_FIRST_LOOK_S = 0.01
_LONGEST_STEP_S = 0.05


class Deadline:
    """`budget_s` seconds from now. `look` shows the threads of server and grader, or None where
    nobody can. many: how many processors they may run on, if not as many as we may."""

    def __init__(
        self,
        budget_s: float,
        look: Callable[[], Look | None],
        clock: Callable[[], float] = time.monotonic,
        many: int | None = None,
    ) -> None:
        self.budget_s = budget_s
        self._look = look
        self._clock = clock
        self._many = many or processors()
        self._began = self._observed = clock()
        self._before: Look | None = None
        self._first: Look | None = None
        self._last_call = False

    @property
    def spent_s(self) -> float:
        return self._clock() - self._began

    def observe(self) -> None:
        """Note how long everybody has queued so far. Looking costs more than most answers take, so
        a wait calls this only once it has lasted a while; what was queued before that is not given
        back."""
        if self._before is None:
            self._observed = self._clock()
            self._before = self._first = self._look()

    def goes_on(self) -> bool:
        """Whether time is left, for one deadline of many waits: what was queued in any of them is
        given back."""
        if self.spent_s >= _FIRST_LOOK_S:
            self.observe()
        return self.left_s() > 0

    def left_s(self) -> float:
        """Seconds to go on waiting; 0.0 when the time is up."""
        spent = self.spent_s
        if spent < self.budget_s:
            return self.budget_s - spent
        if spent >= self.budget_s * CAP:
            return 0.0
        return self._grace(spent)

    def _grace(self, spent: float) -> float:
        first, before, now = self._first, self._before, self._look()
        if first is None or before is None or now is None:
            return 0.0
        seen_s = self._began + spent - self._observed
        ran, queued = ran_since_s(now, since=first), queued_s(now, since=first)
        others_s = self._many * seen_s - ran
        most = min(self.budget_s * CAP, self.budget_s + others_s) - spent
        wanting = (ran + queued) / seen_s if seen_s else 1.0  # so many threads at a time
        held_up = max(queued / max(1.0, wanting), longest_queued_s(now, since=first))
        more = min(self.budget_s + held_up - spent, most)
        if more > 0:
            return more
        # The kernel books a wait in the queue only when it ends, so look for one that is going on.
        self._before = now
        if most > 0 and starved(before, now):
            return min(_FIRST_LOOK_S, most)
        # looking took time: let the caller see once more what has come meanwhile
        if not self._last_call:
            self._last_call = True
            return 0.001
        return 0.0


def wait(
    ready: Callable[[float], bool],
    deadline: Deadline,
    hopeless: Callable[[], bool] | None = None,
    *,
    step_s: float = _FIRST_LOOK_S,
    longest_step_s: float = _LONGEST_STEP_S,
) -> bool:
    """Wait until `ready`, which is given the seconds it may block, says True: then True.

    False when the deadline has passed, or as soon as `hopeless` says that waiting longer is in
    vain. `hopeless` is asked between steps of `step_s` and longer up to `longest_step_s`, and
    `ready` has the last word.
    """
    while (left := deadline.left_s()) > 0:
        if ready(min(step_s, left)):
            return True
        if deadline.spent_s >= _FIRST_LOOK_S:
            deadline.observe()
        if hopeless is not None and hopeless():
            break
        step_s = min(step_s * 2, longest_step_s)
    return ready(0)
