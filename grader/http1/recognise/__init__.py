"""What wrong answers *are*: bytes, `recognised` by their form and explained by the check's
transcript, and statuses."""

from __future__ import annotations

from grader.http1.recognise.explain import WrongBytes, explain_wrong_bytes
from grader.http1.recognise.recognised import recognised
from grader.http1.recognise.wrong import Recognised, Wrong
from grader.http1.recognise.wrong_status import WrongStatus, explain_wrong_status, require_success

__all__ = [
    "Recognised",
    "Wrong",
    "WrongBytes",
    "WrongStatus",
    "explain_wrong_bytes",
    "explain_wrong_status",
    "recognised",
    "require_success",
]
