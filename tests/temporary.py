"""A place for the grader's scratch directories that a test has for itself, to see what is left in
it."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.isolation.removal import remove
from grader.isolation.scratch import objection

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def scratch_place() -> Iterator[Path]:
    """To be TMPDIR: nothing speaks against it, so it is used. Under a short name, for sockets, and
    not below /tmp."""
    if not os.access("/var/tmp", os.W_OK):
        pytest.skip("this machine has no /var/tmp")
    place = Path(tempfile.mkdtemp(prefix="bench-", dir=os.path.realpath("/var/tmp")))
    place.chmod(0o711)  # somebody without privileges gets to what is in it
    try:
        assert objection(place) == (0, "")
        yield place
    finally:
        remove(place)
