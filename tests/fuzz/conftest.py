"""What these tests share with those of bad input: a bench of their own."""

from __future__ import annotations

import sys

from tests.bad_input.conftest import _orphans, bench, scratch

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]

__all__ = ["_orphans", "bench", "scratch"]
