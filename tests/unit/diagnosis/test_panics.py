"""How programs in other languages than Python say that they failed, as kept from real ones."""

from __future__ import annotations

import pytest

from grader.diagnosis import last_traceback

GO_PANIC = """\
2026/11/29 09:50:29 listening
panic: runtime error: index out of range [5] with length 2

goroutine 17 [running]:
main.handle(...)
\t/srv/app/server.go:3
main.main.func1()
\t/srv/app/server.go:4 +0x85
created by main.main
\t/srv/app/server.go:9 +0x6a
exit status 2
"""
GO_RECOVERED = """\
2026/11/29 09:50:29 http: panic serving 127.0.0.1:5: assignment to entry in nil map
goroutine 18 [running]:
net/http.(*conn).serve.func1(0xc0)
\t/usr/lib/go/src/net/http/server.go:1850 +0xbf
main.count({0x1, 0x2})
\t/srv/app/server.go:14 +0x1f6
"""
EVENT = """\
node:events:502
      throw er; // Unhandled 'error' event
      ^

Error: read ECONNRESET
    at TCP.onStreamRead (node:internal/stream_base_commons:217:20)
Emitted 'error' event on Socket instance at:
    at emitErrorNT (node:internal/streams/destroy:170:8) {
  errno: -104,
  code: 'ECONNRESET'
}

Node.js v20.20.2
"""
SYNTAX = """\
file:///srv/app/server.mjs:6
  client.write("HTTP/1.1 200 OK"
               ^^^^^^^^^^^^^^^^^

SyntaxError: missing ) after argument list
    at compileSourceTextModule (node:internal/modules/esm/utils:346:16)

Node.js v20.20.2
"""
RUST = """\
thread 'main' (3319) panicked at src/main.rs:12:9:
index out of bounds: the len is 0 but the index is 4
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
"""
JAVA = """\
Exception in thread "main" java.lang.ArrayIndexOutOfBoundsException: Index 2 out of bounds
\tat Server.handle(Server.java:7)
\tat Server.main(Server.java:12)
"""
ASAN = """\
==3203==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x60200000001a at pc 0x7f13
WRITE of size 200 at 0x60200000001a thread T0
    #0 0x7f1343047680 in __interceptor_memset ../src/asan_interceptors.inc:799
    #1 0x555b9de301a4 in handle /srv/app/server.c:31:5
SUMMARY: AddressSanitizer: heap-buffer-overflow
"""


@pytest.mark.parametrize(
    ("text", "error", "step"),
    [
        (GO_PANIC, "panic: runtime error: index out of range [5] with length 2",
         ("/srv/app/server.go", 4, "func1")),
        (GO_RECOVERED, "http: panic serving 127.0.0.1:5: assignment to entry in nil map",
         ("/srv/app/server.go", 14, "count")),
        (EVENT, "'error' event without a listener: read ECONNRESET", None),
        (SYNTAX, "SyntaxError: missing ) after argument list", ("/srv/app/server.mjs", 6, "")),
        (RUST, "panic: index out of bounds: the len is 0 but the index is 4",
         ("src/main.rs", 12, "")),
        (JAVA, "ArrayIndexOutOfBoundsException: Index 2 out of bounds", ("Server.java", 7, "")),
        (ASAN, "AddressSanitizer: heap-buffer-overflow", ("/srv/app/server.c", 31, "handle")),
    ],
)  # fmt: skip
def test_how_other_languages_fail(text: str, error: str, step: tuple[str, int, str] | None) -> None:
    found = last_traceback(text)
    assert found is not None
    assert found.error == error
    assert step in found.steps if step else not found.steps


@pytest.mark.parametrize("text", [GO_PANIC, GO_RECOVERED, EVENT, SYNTAX, RUST, JAVA, ASAN])
def test_a_print_that_is_cut_off_does_no_harm(text: str) -> None:
    for end in range(len(text)):
        last_traceback(text[:end])
        last_traceback(text[end:])
