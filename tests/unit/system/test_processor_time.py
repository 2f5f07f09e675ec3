"""What the kernel books for the processors that we may use."""

from __future__ import annotations

import os
import sys
import time

import pytest

from grader.system.processor_time import stolen_s, unused_s

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nobody says it elsewhere")


def test_they_have_had_nothing_to_do_for_a_while() -> None:
    assert unused_s() > 0


def test_none_was_stolen_for_longer_than_the_machine_runs() -> None:
    stolen = stolen_s()
    assert len(stolen) == len(os.sched_getaffinity(0))
    assert all(0 <= one <= time.clock_gettime(time.CLOCK_BOOTTIME) for one in stolen)
