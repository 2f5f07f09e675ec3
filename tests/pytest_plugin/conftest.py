"""A bench for runs of pytest, as for those of the command line."""

from __future__ import annotations

import sys

from tests.bad_input.conftest import _orphans, bench, scratch

__all__ = ["_orphans", "bench", "scratch"]

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]
