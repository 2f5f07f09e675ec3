"""Why there was no (whole) answer: from what was seen to a sentence with its evidence. Pure.

What only few runs need is not here, but in its own module: compiler_output, complaints.
"""

from __future__ import annotations

from grader.diagnosis.elsewhere import tell_of_others
from grader.diagnosis.endings import (
    explain_background,
    explain_closed,
    explain_daemon,
    explain_exit,
    explain_fetching,
    explain_limit,
    explain_package,
    explain_printed,
    explain_stopped,
    explain_unawaited,
    how_it_ended,
    last_words,
)
from grader.diagnosis.foreign_frames import without_foreign
from grader.diagnosis.hints import together, whole_hint
from grader.diagnosis.lines import Lines, ThreadLine, lined
from grader.diagnosis.panics import error_begins
from grader.diagnosis.protocol import HalfAnswer, Mistaken, ProtocolHints
from grader.diagnosis.raised import last_traceback, last_unawaited
from grader.diagnosis.silence import Silence, explain_silence
from grader.diagnosis.snapshot import KEYBOARD, NOTHING_SEEN, Activity, Snapshot
from grader.diagnosis.source_line import Raised, SourceLine
from grader.diagnosis.start import Start, explain_start
from grader.diagnosis.stopping import explain_dropped_request, explain_held, explain_running
from grader.diagnosis.traceback import Traceback
from grader.diagnosis.when import (
    BEFORE_CONNECTING,
    DURING,
    HANDLING,
    WAITING,
    after_clients,
    when_it_ended,
)

__all__ = [
    "BEFORE_CONNECTING",
    "DURING",
    "HANDLING",
    "KEYBOARD",
    "NOTHING_SEEN",
    "WAITING",
    "Activity",
    "HalfAnswer",
    "Lines",
    "Mistaken",
    "ProtocolHints",
    "Raised",
    "Silence",
    "Snapshot",
    "SourceLine",
    "Start",
    "ThreadLine",
    "Traceback",
    "after_clients",
    "error_begins",
    "explain_background",
    "explain_closed",
    "explain_daemon",
    "explain_dropped_request",
    "explain_exit",
    "explain_fetching",
    "explain_held",
    "explain_limit",
    "explain_package",
    "explain_printed",
    "explain_running",
    "explain_silence",
    "explain_start",
    "explain_stopped",
    "explain_unawaited",
    "how_it_ended",
    "last_traceback",
    "last_unawaited",
    "last_words",
    "lined",
    "tell_of_others",
    "together",
    "when_it_ended",
    "whole_hint",
    "without_foreign",
]  # fmt: skip
