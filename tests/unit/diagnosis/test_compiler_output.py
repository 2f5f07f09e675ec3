"""What of a compiler's output is told: its first error with its place, and its warnings."""

from __future__ import annotations

import pytest

from grader.diagnosis.compiler_output import first_error, from_first_error, warnings_in

GCC = (
    b"server.c: In function 'main':\nserver.c:3:7: warning: unused variable 'x' [-Wunused]\n"
    b"    3 |   int x;\n      |       ^\nserver.c:5:9: error: expected ';' before 'return'\n"
    b"server.c:9:1: error: the next\n"
)
RUSTC = (
    b"warning: unused variable: `y`\n --> server.rs:1:35\n  |\n\n"
    b"error[E0308]: mismatched types\n --> server.rs:1:26\n  |\n"
    b"warning: 1 warning emitted\n"
)


@pytest.mark.parametrize(
    ("printed", "error"),
    [
        (GCC, "server.c:5:9: error: expected ';' before 'return'"),
        (RUSTC, "server.rs:1:26: error[E0308]: mismatched types"),
        (b'# command\n./server.go:2:8: "net" imported and not used\n', './server.go:2:8: "net"'),
        (b"d.java:1: error: incompatible types\n1 error\n", "d.java:1: error: incompatible types"),
        (b"/tmp/x.o: in function `main':\nx.c:(.text+0x9): undefined reference to `foo'\n", "x.c:"),
        (b"all is well\n", ""),
        (b"", ""),
    ],
)
def test_the_first_error(printed: bytes, error: str) -> None:
    found = first_error(printed)
    assert found.startswith(error)
    assert bool(found) == bool(error)


def test_what_follows_the_first_error_is_bounded() -> None:
    said = from_first_error(GCC)
    assert said.startswith(b"server.c:5:9: error")
    assert len(from_first_error(GCC * 100).splitlines()) == 10
    assert len(first_error(b"error: " + b"x" * 10_000)) == 300


@pytest.mark.parametrize(
    ("printed", "warned"),
    [
        (GCC, ["server.c:3:7: warning: unused variable 'x' [-Wunused]"]),
        (RUSTC, ["server.rs:1:35: warning: unused variable: `y`"]),
        (b"2 warnings generated.\n", []),
        (b"Compiling server v0.1.0\n", []),
        (b"a.c:1: warning: same\n" * 3, ["a.c:1: warning: same"]),
    ],
)
def test_the_warnings_of_a_build(printed: bytes, warned: list[str]) -> None:
    assert warnings_in(printed) == warned


def test_many_warnings_are_counted() -> None:
    printed = b"".join(b"a.c:%d: warning: x\n" % number for number in range(9))
    assert warnings_in(printed)[4:] == ["a.c:4: warning: x", "and 4 more"]
