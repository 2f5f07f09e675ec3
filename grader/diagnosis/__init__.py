"""Why there was no (whole) answer: from what was seen to a sentence with its evidence. Pure."""

from __future__ import annotations

from grader.diagnosis.endings import (
    after_resets,
    explain_closed,
    explain_exit,
    explain_limit,
    explain_stopped,
    how_it_ended,
    last_words,
)
from grader.diagnosis.lines import Lines, ThreadLine, lined
from grader.diagnosis.raised import Traceback, last_traceback
from grader.diagnosis.silence import HalfAnswer, ProtocolHints, Silence, explain_silence
from grader.diagnosis.snapshot import NOTHING_SEEN, Activity, Snapshot
from grader.diagnosis.source_line import Raised, SourceLine
from grader.diagnosis.start import Start, explain_start

__all__ = [
    "NOTHING_SEEN",
    "Activity",
    "HalfAnswer",
    "Lines",
    "ProtocolHints",
    "Raised",
    "Silence",
    "Snapshot",
    "SourceLine",
    "Start",
    "ThreadLine",
    "Traceback",
    "after_resets",
    "explain_closed",
    "explain_exit",
    "explain_limit",
    "explain_silence",
    "explain_start",
    "explain_stopped",
    "how_it_ended",
    "last_traceback",
    "last_words",
    "lined",
]  # fmt: skip
