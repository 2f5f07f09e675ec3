"""Tracebacks in what a program printed: the error and the steps, innermost first, or nothing."""

from __future__ import annotations

import pytest

from grader.diagnosis import (
    Raised,
    SourceLine,
    explain_exit,
    explain_unawaited,
    last_traceback,
    last_unawaited,
)

THREAD = """\
GET /
Exception in thread Thread-1 (handle):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner
    self.run()
  File "/srv/app/my_server.py", line 7, in handle
    answer(client)
    ^^^^^^^^^^^^^^
  File "/srv/app/my_server.py", line 3, in answer
    raise KeyError("path")
KeyError: 'path'
"""
CHAINED = (
    THREAD
    + """
During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "my_server.py", line 9, in <module>
    oops()
  File "my_server.py", line 2, in oops
    raise app.Broken
app.Broken
"""
)
SYNTAX = (
    '  File "/srv/app/my_server.py", line 5\n'
    "    serve(\n"
    "         ^\n"
    "SyntaxError: '(' was never closed\n"
)
NODE = """\
/srv/app/my_server.js:6
    client.end(words[99].trim());
                         ^

TypeError: Cannot read properties of undefined (reading 'trim')
    at Socket.<anonymous> (/srv/app/my_server.js:6:50)
    at Socket.emit (node:events:524:28)

Node.js v20.20.2
"""


@pytest.mark.parametrize(
    ("text", "error", "innermost"),
    [
        (THREAD, "KeyError: 'path'", ("/srv/app/my_server.py", 3, "answer")),
        (CHAINED, "app.Broken", ("my_server.py", 2, "oops")),
        (SYNTAX, "SyntaxError: '(' was never closed", ("/srv/app/my_server.py", 5, "")),
        (
            NODE,
            "TypeError: Cannot read properties of undefined (reading 'trim')",
            ("/srv/app/my_server.js", 6, "Socket.<anonymous>"),
        ),
        (THREAD + "still serving\n", "KeyError: 'path'", ("/srv/app/my_server.py", 3, "answer")),
    ],
)
def test_what_was_raised(text: str, error: str, innermost: tuple[str, int, str]) -> None:
    found = last_traceback(text)

    assert found is not None
    assert (found.error, found.steps[0]) == (error, innermost)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "listening\n",
        "Traceback (most recent call last):\n",
        'Traceback (most recent call last):\n  File "x.py", line 1, in f\n    f()\n',
        'Traceback (most recent call last):\n  File "x.py", line 1, in f\n!!! not an error\n',
        "nonsense\n    at f (/srv/app/x.js:1:2)\n",
    ],
)
def test_what_is_no_traceback(text: str) -> None:
    assert last_traceback(text) is None


def test_a_coroutine_that_was_never_awaited() -> None:
    text = (
        "/x/a.py:3: RuntimeWarning: coroutine 'first' was never awaited\n  first()\n"
        "/x/a.py:7: RuntimeWarning: coroutine 'Handler.send' was never awaited\n  send(w)\n"
        "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n"
    )
    found = last_unawaited(text)
    assert found
    assert found.error == "coroutine 'Handler.send' was never awaited"
    assert found.steps == (("/x/a.py", 7, ""),)
    assert last_unawaited("print: coroutine 'x' was never awaited") is None


def test_what_python_warned_of_replaces_the_last_words() -> None:
    output = b"/x/a.py:3: RuntimeWarning: coroutine 'main' was never awaited\n  main()\n"
    failure = explain_exit(0, output, "before it listened")
    assert failure.summary == "Your program ended with exit status 0 before it listened."
    warned = Raised("coroutine 'main' was never awaited", SourceLine("a.py", 3))
    told = explain_unawaited(failure, warned)
    assert told.summary.endswith("Python warned: coroutine 'main' was never awaited at a.py:3.")
    assert told.at == ("a.py", 3)
    assert told.hint
    assert "await" in told.hint


def test_an_error_that_node_itself_throws_is_named_with_the_line_of_the_program() -> None:
    found = last_traceback(
        "node:buffer:776\n    throw new ERR_INVALID_ARG_TYPE(\n    ^\n\n"
        'TypeError [ERR_INVALID_ARG_TYPE]: The "string" argument must be a string\n'
        "    at Function.byteLength (node:buffer:776:11)\n"
        "    at answer (/srv/app/server.js:16:40)\n"
        "    at Socket.emit (node:events:524:28) {\n"
        "  code: 'ERR_INVALID_ARG_TYPE'\n}\n\nNode.js v20.20.2\n"
    )
    assert found is not None
    assert found.error.startswith("TypeError")
    assert found.steps == (("/srv/app/server.js", 16, "answer"),)


def test_a_module_that_node_does_not_find_is_named_with_the_line_that_asks_for_it() -> None:
    found = last_traceback(
        "node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\n"
        "Error: Cannot find module 'express'\nRequire stack:\n- /srv/app/server.js\n"
        "    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)\n"
        "    at Object.<anonymous> (/srv/app/server.js:3:17) {\n"
        "  code: 'MODULE_NOT_FOUND',\n  requireStack: [ '/srv/app/server.js' ]\n}\n"
    )
    assert found is not None
    assert found.error == "Error: Cannot find module 'express'"
    assert found.steps[0][:2] == ("/srv/app/server.js", 3)
