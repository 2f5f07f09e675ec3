"""A process of ours ends at once, and nothing that was to be done is lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def ended(source: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """A process of its own that exits with what `run` returns."""
    program = f"import sys\nfrom grader.system.ending import exit_with\n{source}\nexit_with(run)"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


def test_what_is_said_and_what_is_to_be_done_at_the_end_is_not_lost() -> None:
    done = ended(
        "import atexit, threading\n"
        "def run():\n"
        "    atexit.register(print, 'last')\n"
        "    threading.Thread(target=sys.stderr.write, args=['thread ']).start()\n"
        "    print('x' * 100_000)\n"
        "    sys.stderr.write('error ')\n"
        "    return 3"
    )
    assert done.returncode == 3
    assert done.stdout.split() == [b"x" * 100_000, b"last"]
    assert sorted(done.stderr.split()) == [b"error", b"thread"]


def test_nothing_is_taken_apart() -> None:
    """An object that tells when it is freed is never heard of."""
    done = ended(
        "class Tells:\n"
        "    def __del__(self):\n"
        "        print('freed')\n"
        "kept = Tells()\n"
        "def run():\n"
        "    return 0"
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_an_error_that_is_not_caught_is_told() -> None:
    done = ended("def run():\n    raise ValueError('ours')")
    assert done.returncode == 1
    assert done.stderr.endswith(b"ValueError: ours\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_python_tells_of_an_output_that_cannot_be_written() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = ended("def run():\n    print('lost')\n    return 0", stdout=full)
    finally:
        os.close(full)
    assert done.returncode == 120
    assert b"No space left" in done.stderr
