"""Writes a file that is larger than it may be, as a program does that has never heard of SIGXFSZ."""

import signal
from pathlib import Path

from attempt import serve

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def answer() -> bytes:
    Path("large").write_bytes(bytes(8 << 20))
    return b""


serve(answer)
