"""What became of bytes that should have come back unchanged."""

from __future__ import annotations

import pytest

from grader.net.echoed import changed, what_changed

SENT = b" fig\r\n\xe9\0x\n"


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (str(SENT).encode(), "Python prints"),
        (SENT.replace(b"\r\n", b"\n"), "became \\n"),
        (SENT.decode(errors="replace").encode(), "EF BF BD"),
        (SENT.decode(errors="ignore").encode(), "not UTF-8 is missing"),
        (SENT.decode("latin-1").encode(), "Latin-1"),
        (b" fig\r\n\xe9", "first zero byte"),
        (SENT[:-1], "missing at the end"),
        (SENT[1:], "missing at the start"),
        (SENT.upper(), "capital"),
        (SENT + b"\n", "added a line end"),
        (SENT + SENT, "twice"),
        (SENT[::-1], "reverse"),
    ],
)
def test_what_programs_make_of_bytes_is_named(came: bytes, words: str) -> None:
    assert words in what_changed(SENT, came)


def test_what_is_not_known_is_not_named() -> None:
    assert what_changed(SENT, b"plum") == ""
    assert what_changed(b"fig", b"fig") == ""
    assert "capital" in what_changed(b"fig", b"FI", begun=True)


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (b"plum: fig\n", "added 6 bytes at the start"),
        (b"fig\n!", "added 1 byte at the end"),
        (b"fig\n\0\0\0", "added 3 zero bytes at the end"),
        (b"plum\n", "differ from byte 0 on"),
    ],
)
def test_bytes_that_were_added_are_counted(came: bytes, words: str) -> None:
    assert words in changed(b"fig\n", came, None).summary
