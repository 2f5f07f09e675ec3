"""From a failure to what a report says: with its cause, its hint, and how to see it by hand."""

from __future__ import annotations

from shutil import which
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.cause import cause_of
from grader.check.failure import Kind
from grader.check.transcript import exchanged_lines
from grader.diagnosis import whole_hint
from grader.engine.detail import detail_of
from grader.reproduce.present_clients import with_present_clients
from grader.reproduce.server import launching
from grader.text.sentence import sentences
from grader.value import Value

if TYPE_CHECKING:
    from grader.check.declaration import Check
    from grader.check.failure import Failure, Hint
    from grader.check.past import Past
    from grader.check.transcript import Entry
    from grader.engine.settings import RunSettings
    from grader.net.protocol import TrackProtocol
    from grader.program.host import Host
    from grader.report.model import FailureDetail

_SEEN_AT_LAUNCH: Final = frozenset({Kind.START, Kind.EXIT})


class Failing(Value, frozen=True):
    """A check of this stage that failed: what it has sent and received, what the run has seen
    before, and its surroundings. drawn: the words that were drawn for it. last: the failure stands,
    so the program may be ended to see what it does. asked_at: how many bytes the program had
    printed when the last request began; None where there was none. quiet_s: how long the program
    is waited for until it rests."""

    check: Check
    stage: str
    entries: tuple[Entry, ...]
    past: Past
    host: Host
    protocol: TrackProtocol
    settings: RunSettings
    drawn: tuple[str, ...]
    last: bool
    asked_at: int | None
    quiet_s: float


def explained(failure: Failure, failing: Failing) -> FailureDetail:
    """What the report says of it.

    In a function of its own: a name for the failure in the frame that its traceback holds would be
    a circle, and all that came in the check would stay in memory.
    """
    seen = failing.host.explained(failure, last=failing.last)
    seen.hint = whole_hint(seen, failing.check.hint)
    seen = failing.protocol.explained(seen, failing.entries, failing.past)
    cause = cause_of(seen, failing.entries, failing.drawn)
    connections = failing.protocol.connections(seen, failing.entries)
    if failing.asked_at is not None and not seen.says_all:
        exchanged = exchanged_lines(failing.entries)
        failing.host.add_what_it_printed(
            seen, failing.asked_at, exchanged, within_s=failing.quiet_s
        )
    decoded = failing.protocol.decoded(seen, failing.entries)
    detail = _detail(seen, failing)
    detail = replace(detail, cause=cause, connections=connections, decoded=decoded)
    if failing.last and failure.asked_again:
        return _asked_again(detail, failing.host.launched_again(failure.asked_again))
    return detail


def _asked_again(detail: FailureDetail, told: tuple[str, Hint] | None) -> FailureDetail:
    """The detail, and what another launch has told."""
    if told is None:
        return detail
    sentence, hint = told
    summary = sentences(detail.summary, sentence)
    return replace(detail, summary=summary, hints=(hint,) if isinstance(hint, str) else hint)


def _detail(failure: Failure, failing: Failing) -> FailureDetail:
    host, again = failing.host, failing.settings.again
    root = str(host.files.root) if host.files else None
    told = failure.by_hand.replace("{port}", str(host.port)) if failure.by_hand else None
    command = told or failing.protocol.by_hand(failure, failing.entries, host.port, root)
    if command is not None:
        command = with_present_clients(command, lambda name: which(name) is not None)
    seed = failing.settings.seed if host.files else None
    launch = (
        launching(failing.stage, failing.check.name, seed, again)
        if again and (command or failure.kind in _SEEN_AT_LAUNCH)
        else None
    )
    return detail_of(failure, command, launch, host.output_tail())
