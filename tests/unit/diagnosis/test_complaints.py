"""The line in which a program says that something went wrong: found in every language's usual
shape, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.diagnosis.complaints import complaint
from grader.text.escape import printable

SAY_SO: tuple[str, ...] = (
    # Python: str(e), repr(e), f-strings, logging, traceback.print_exc
    "Error: [Errno 2] No such file or directory: '/srv/site/a.txt'",
    "Exception handling client: list index out of range",
    "[Errno 104] Connection reset by peer",
    "An error occurred: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    "not enough values to unpack (expected 3, got 1)",
    "invalid literal for int() with base 10: ''",
    "KeyError: 'User-Agent'",
    "KeyError('User-Agent')",
    "ERROR:root:cannot read the body",
    "2026-11-29 10:00:00,123 ERROR could not parse the request",
    "2026-11-29 10:00:00,123 - server - ERROR - 'NoneType' object has no attribute 'group'",
    "[!] Failed to open file: a.txt",
    "Unexpected error while handling request: division by zero",
    "error: can only concatenate str (not \"bytes\") to str",
    # Go: log.Println, fmt.Println, errors of os and net
    "2026/11/29 10:00:00 error reading request: EOF",
    "Error accepting connection: accept tcp [::]:4221: use of closed network connection",
    "open /srv/site/a.txt: no such file or directory",
    "2026/11/29 10:00:00 read tcp 127.0.0.1:4221->127.0.0.1:5000: read: connection reset by peer",
    "strconv.Atoi: parsing \"\": invalid syntax",
    "failed to read: unexpected EOF",
    "level=error msg=\"bad request\"",
    # Node: console.error(err), console.log(err.message)
    "Error: ENOENT: no such file or directory, open '/srv/site/a.txt'",
    "TypeError: Cannot read properties of undefined (reading 'trim')",
    "ENOENT: no such file or directory, open '/srv/site/a.txt'",
    "SyntaxError: Unexpected token 'y', \"y8c\" is not valid JSON",
    "Socket error: read ECONNRESET",
    # C: perror, fprintf(stderr, ...)
    "open: No such file or directory",
    "recv failed: Connection reset by peer",
    "Failed to allocate memory",
    "free(): invalid size",
    "server: cannot open /srv/site/a.txt: Permission denied",
    # Rust: eprintln!("{}", e), {:?}
    "error: No such file or directory (os error 2)",
    "Error: Os { code: 2, kind: NotFound, message: \"No such file or directory\" }",
    "failed to read: stream did not contain valid UTF-8",
    # Java, Ruby, PHP
    "java.io.FileNotFoundException: /srv/site/a.txt (No such file or directory)",
    "IOException: Stream closed",
    "Errno::ENOENT: No such file or directory @ rb_sysopen - /srv/site/a.txt",
    "undefined method `split' for nil:NilClass (NoMethodError: x)",
)  # fmt: skip
SAY_NOTHING_OF_IT: tuple[str, ...] = (
    "",
    "errors: 0",
    "Errors: 0, warnings: 0",
    "0 errors",
    "error: none",
    "Error: None",
    "error=false",
    "err: <nil>",
    "err = nil",
    "no error",
    "Error handling: on",
    "error handling: enabled",
    "Error handler registered",
    "registered onError(handler)",
    "socket.on(error) installed",
    "error_log=/var/log/server.log",
    "error log at /var/log/server.log",
    "[INFO] error handler ready: KeyError: all",
    "2026-11-29 10:00:00,123 INFO errors are sent as JSON: error: x",
    "Logs from your program will appear here!",
    "Client connected",
    "Connection from ('127.0.0.1', 49828)",
    "127.0.0.1 - - [29/Nov/2026 10:00:00] \"GET /errors HTTP/1.1\" 200 -",
    "127.0.0.1 - - [29/Nov/2026 10:00:00] \"GET / HTTP/1.1\" 500 -",
    "Request: GET /files/error.txt",
    "path: /exception",
    "serving /srv/errors",
    "User-Agent: curl/8.0",
    "listening on 4221",
    "Status: 404",
    "panic button ready",
    "failed: 0",
    "Failed requests: 0",
    "could be anything",
)  # fmt: skip


def without_time(line: str) -> str:
    return re.sub(r"^2026\S+ \S+ (- )?", "", line)


@pytest.mark.parametrize("line", SAY_SO)
def test_a_line_that_says_that_something_went_wrong(line: str) -> None:
    assert complaint(f"Client connected\n{line}\nclosing\n") == without_time(line)


@pytest.mark.parametrize("line", SAY_NOTHING_OF_IT)
def test_a_line_that_says_nothing_of_the_kind(line: str) -> None:
    assert complaint(f"{line}\n") == ""


def test_the_last_one_counts() -> None:
    assert complaint("Error: one\nError: two\nClient left\n") == "Error: two"


@pytest.mark.parametrize(
    "line",
    [
        "received: GET /x HTTP/1.1",
        "Error: GET /x HTTP/1.1",
        "X-Reason: Error: [Errno 2]",
        "HTTP/1.1 500 Server Error: x",
        "> HTTP/1.1 500 Server Error: x <",
    ],
)
def test_what_repeats_the_exchange_is_not_the_programs_own_word(line: str) -> None:
    exchanged = ["GET /x HTTP/1.1", "X-Reason: Error: [Errno 2]", "HTTP/1.1 500 Server Error: x"]
    assert complaint(f"{line}\n", exchanged) == ""


def test_the_rest_of_such_a_line_still_counts() -> None:
    line = "GET /x HTTP/1.1 -> list index out of range"
    assert complaint(f"{line}\n", ["GET /x HTTP/1.1"]) == line


@given(
    st.sampled_from(SAY_SO),
    st.lists(st.sampled_from(SAY_NOTHING_OF_IT), max_size=5),
    st.lists(st.sampled_from(SAY_NOTHING_OF_IT), max_size=5),
)
def test_it_is_found_wherever_it_stands(line: str, before: list[str], after: list[str]) -> None:
    assert complaint("\n".join([*before, line, *after])) == without_time(line)


@given(st.text(max_size=40), st.sampled_from(SAY_SO))
def test_what_is_shown_is_one_bounded_line_of_printable_text(noise: str, line: str) -> None:
    found = complaint(f"{noise} {line} {noise}\n{noise}")
    assert len(found) <= 160
    assert found == printable(found)
    assert not set(found) & set("\n\r\x1b\x00\u202e")


def test_both_ends_of_a_long_line_are_kept() -> None:
    found = complaint(f"Error: cannot open {'x' * 500}/name.txt\n")
    assert found.startswith("Error: cannot open xxx")
    assert found.endswith("xxx/name.txt")
    assert len(found) == 159
