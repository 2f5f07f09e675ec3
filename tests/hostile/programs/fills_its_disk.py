"""Writes until there is no room, at most 300 MB, and then cannot do what it is asked."""

from pathlib import Path

from attempt import serve


def answer() -> bytes:
    with Path("junk").open("wb", buffering=0) as junk:
        for _ in range(300):
            junk.write(bytes(1_000_000))
    return b""


serve(answer)
