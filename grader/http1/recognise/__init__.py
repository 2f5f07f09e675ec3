"""What wrong bytes *are*: `recognised` by their form, and explained by the check's transcript."""

from __future__ import annotations

from grader.http1.recognise.explain import WrongBytes, explain_wrong_bytes
from grader.http1.recognise.recognised import recognised
from grader.http1.recognise.wrong import Recognised, Wrong

__all__ = ["Recognised", "Wrong", "WrongBytes", "explain_wrong_bytes", "recognised"]
