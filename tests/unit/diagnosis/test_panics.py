"""How programs in other languages than Python say that they failed, as kept from real ones, and
what is shown of that."""

from __future__ import annotations

import pytest

from grader.diagnosis import error_begins, last_traceback, without_foreign

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
NODE_OF_THE_SYSTEM = """\
node:fs:573
  return binding.open(
                 ^

Error: ENOENT: no such file or directory, open '/x'
    at Object.openSync (node:fs:573:18)
    at Object.readFileSync (node:fs:452:35)
    at Socket.<anonymous> (/srv/app/server.js:7:25)
    at Socket.emit (node:events:524:28) {
  errno: -2,
  code: 'ENOENT'
}

Node.js v20.20.2
"""
NODE_PROMISE = """\
Error: ENOENT: no such file or directory, open '/x'
    at async open (node:internal/fs/promises:637:25)
    at async Socket.<anonymous> (file:///srv/app/server.mjs:9:22) {
  errno: -2,
"""
NODE_ANONYMOUS = """\
SyntaxError: Unexpected token 'y', "y8c" is not
valid JSON
    at JSON.parse (<anonymous>)
    at /srv/app/server.js:10:58
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
JAVA_LIBRARY = """\
Exception in thread "main" java.net.SocketException: Connection reset
\tat java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:328)
\tat Server.main(Server.java:12)
"""
RUBY = """\
listening
#<Thread:0x00007f8a01c0a610 server.rb:2 run> terminated with exception (report_on_exception):
/srv/app/server.rb:5:in `Integer': \x1b[1mbad value: "x" (\x1b[1;4mArgumentError\x1b[m\x1b[1m)\x1b[m

\x1b[1m  Integer(x)\x1b[m
\x1b[1m  ^^^^^^^\x1b[m
\tfrom /srv/app/server.rb:5:in `handle'
\tfrom /usr/lib/ruby/3.1.0/socket.rb:9:in `each'
\tfrom /srv/app/server.rb:12:in `<main>'
"""
RUBY_3_4 = """\
server.rb:12:in 'String#fetch': key not found: "path" (KeyError)
\tfrom server.rb:20:in 'Object#serve'
"""
RUBY_2_7 = """\
Traceback (most recent call last):
\t1: from server.rb:9:in `<main>'
server.rb:4:in `handle': undefined method `strip' for nil:NilClass (\x1b[1;4mNoMethodError\x1b[m)
"""
RUBY_SYNTAX = """\
server.rb:8: syntax error, unexpected end-of-input
"""
PYTHON = """\
Exception in thread Thread-1 (handle):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner
    self.run()
    ^^^^^^^^^^
  File "/srv/app/server.py", line 7, in handle
    answer(client)
KeyError: 'path'
"""
JAVA_CAUGHT = """\
java.nio.file.NoSuchFileException: /x
\tat java.base/sun.nio.fs.UnixException.translateToIOException(UnixException.java:92)
\tat Server.lambda$main$0(Server.java:15)
\tat java.base/java.lang.Thread.run(Thread.java:840)
"""
PYTHON_FATAL = """\
Fatal Python error: Segmentation fault

Thread 0x00007f85ea1f36c0 (most recent call first):
  File "/srv/app/server.py", line 99 in other

Current thread 0x00007f85eb866b80 (most recent call first):
  File "/usr/lib/python3.11/ctypes/__init__.py", line 517 in string_at
  File "/srv/app/server.py", line 3 in crash
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
        (NODE_OF_THE_SYSTEM, "Error: ENOENT: no such file or directory, open '/x'",
         ("/srv/app/server.js", 7, "Socket.<anonymous>")),
        (NODE_PROMISE, "Error: ENOENT: no such file or directory, open '/x'",
         ("/srv/app/server.mjs", 9, "Socket.<anonymous>")),
        (NODE_ANONYMOUS, "SyntaxError: Unexpected token 'y', \"y8c\" is not",
         ("/srv/app/server.js", 10, "")),
        (RUST, "panic: index out of bounds: the len is 0 but the index is 4",
         ("src/main.rs", 12, "")),
        (RUBY, 'ArgumentError: bad value: "x"', ("/srv/app/server.rb", 12, "<main>")),
        (RUBY_3_4, 'KeyError: key not found: "path"', ("server.rb", 20, "Object#serve")),
        (RUBY_2_7, "NoMethodError: undefined method `strip' for nil:NilClass",
         ("server.rb", 9, "<main>")),
        (RUBY_SYNTAX, "SyntaxError: unexpected end-of-input", ("server.rb", 8, "")),
        (JAVA_CAUGHT, "NoSuchFileException: /x", ("Server.java", 15, "")),
        (PYTHON_FATAL, "Segmentation fault", ("/srv/app/server.py", 3, "crash")),
        (JAVA, "ArrayIndexOutOfBoundsException: Index 2 out of bounds", ("Server.java", 7, "")),
        (ASAN, "AddressSanitizer: heap-buffer-overflow", ("/srv/app/server.c", 31, "handle")),
    ],
)  # fmt: skip
def test_how_other_languages_fail(text: str, error: str, step: tuple[str, int, str] | None) -> None:
    found = last_traceback(text)
    assert found is not None
    assert found.error == error
    assert step in found.steps if step else not found.steps


@pytest.mark.parametrize(
    "text",
    [GO_PANIC, GO_RECOVERED, EVENT, SYNTAX, NODE_OF_THE_SYSTEM, NODE_PROMISE, NODE_ANONYMOUS,
     RUST, RUBY, RUBY_2_7, JAVA, JAVA_CAUGHT, PYTHON_FATAL, ASAN],
)  # fmt: skip
def test_a_print_that_is_cut_off_does_no_harm(text: str) -> None:
    for end in range(len(text)):
        last_traceback(text[:end])
        last_traceback(text[end:])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (GO_PANIC, "panic: runtime error: index out of range [5] with length 2"),
        (GO_RECOVERED, GO_RECOVERED.splitlines()[0]),
        (EVENT, "Error: read ECONNRESET"),
        (NODE_OF_THE_SYSTEM, "Error: ENOENT: no such file or directory, open '/x'"),
        (NODE_ANONYMOUS, "SyntaxError: Unexpected token 'y', \"y8c\" is not"),
        (RUST, RUST.splitlines()[0]),
        (RUBY, RUBY.splitlines()[2]),
        (JAVA, JAVA.splitlines()[0]),
        (ASAN, ASAN.splitlines()[0]),
    ],
)
def test_where_an_error_begins(text: str, first: str) -> None:
    lines = ["listening", *text.splitlines()]
    begins = error_begins(lines)
    assert begins is not None
    assert lines[begins] == first


@pytest.mark.parametrize("text", ["", "listening", "error: x\nclient left", "    at home"])
def test_where_no_error_begins(text: str) -> None:
    assert error_begins(text.splitlines()) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (GO_RECOVERED, [0, 1, None, 4, 5]),
        (EVENT, [0, 1, 2, 3, 4, None, 6, None, "{", 8, 9, 10, 11, 12]),
        (NODE_OF_THE_SYSTEM, [0, 1, 2, 3, 4, None, 7, None, "{", 9, 10, 11, 12, 13]),
        (NODE_PROMISE, [0, None, 2, 3]),
        (PYTHON, [0, 1, None, 5, 6, 7]),
        (JAVA_LIBRARY, [0, None, 2]),
    ],
)
def test_calls_of_a_library_make_room(text: str, kept: list[int | str | None]) -> None:
    lines = text.splitlines()
    assert without_foreign(lines) == [
        lines[it] if isinstance(it, int) else it or "    ... (library calls)" for it in kept
    ]
