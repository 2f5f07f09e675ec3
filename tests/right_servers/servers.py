"""Owns what is expected of each right server: how it is started, which stages it passes, which checks it fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ODD = HERE / "odd"
FRAMEWORKS = HERE / "frameworks"

NODE = "node:"

BASE = ("bind-port", "ok", "paths", "echo", "headers", "concurrency", "files", "gzip", "keep-alive")
BEFORE_KEEP_ALIVE = BASE[:-1]


@dataclass(frozen=True, slots=True)
class RightServer:
    """One server and its verdicts.

    command: how it is started in `directory`; "PYTHON" is the interpreter that has the frameworks.
    needs: modules or programs without which it cannot run; a module of Node begins with NODE. build: what makes it, in `directory`.
    passes: stages. fails, advice: the checks that fail, required ones and others, as "stage/check". sometimes: those that
    fail in some runs and pass in others, because of a race in the server itself.
    """

    name: str
    directory: Path
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()
    passes: tuple[str, ...] = BASE
    fails: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()


_STARTED: Mapping[str, tuple[tuple[str, ...], *tuple[str, ...]]] = {
    ".py": (("python3", "{}"),),
    ".sh": (("./{}",),),
    ".js": (("node", "{}"), "node"),
    ".c": (("sh", "-c", 'gcc -o "$TMPDIR/server" {} && exec "$TMPDIR/server" "$@"', "server"), "gcc"),
}
"""How a program is started, by the end of its name, and the programs that it needs."""


def odd() -> Iterable[RightServer]:
    """Each program in odd/ states in its docstring or first comment what is expected of it."""
    for path in sorted(path for suffix in _STARTED for path in ODD.glob(f"*{suffix}")):
        text = path.read_text()
        command, *needs = _STARTED[path.suffix]
        yield RightServer(
            f"odd-{path.stem}",
            ODD,
            tuple(word.format(path.name) for word in command),
            tuple(needs),
            passes=BASE if _stated(text, "passes") == ("all",) else _stated(text, "passes"),
            fails=_stated(text, "fails"),
            advice=_stated(text, "advice"),
        )


def _stated(text: str, key: str) -> tuple[str, ...]:
    found = re.search(rf"^(?:# |// )?{key}: (.*)$", text, re.MULTILINE)
    return tuple(found[1].split()) if found and found[1] != "none" else ()


def references() -> Iterable[RightServer]:
    """The oracle's own ways to serve; one of them blocks, and says so by where it stops."""
    blocking = {
        "passes": BASE[:5] + BASE[6:8],
        "fails": ("concurrency/silent_clients",),
        "advice": ("files/uploads_apart",),
    }
    for name in ("streams", "protocol", "threaded", "blocking"):
        expected: Mapping[str, tuple[str, ...]] = blocking if name == "blocking" else {}
        yield RightServer(f"reference-{name}", ROOT, ("python3", "-m", "reference", "--server", name), **expected)
    by_httptools = ("PYTHON", "-m", "reference", "--server", "httptools")
    yield RightServer("reference-httptools", ROOT, by_httptools, ("httptools",))


_EMPTY_LINE = "ok/ignores_a_leading_empty_line"
_TRAILING = "headers/trailing_white_space"
_OPTIONS = "keep-alive/option_in_any_case"
_BEYOND_ASCII = "headers/beyond_ascii_comes_back"
_CLOSE_WINS = "keep-alive/close_wins"
_IDLE = "concurrency/idle_clients"
_SECOND = "keep-alive/second_request"
_ADDRESS = "127.0.0.1:4221"
_ASGI, _WSGI = "asgi_app:application", "wsgi_app:application"


def _line(module: str, *options: str) -> tuple[str, ...]:
    return ("PYTHON", "served_by.py", module, *options)


def _framework(name: str, command: tuple[str, ...], *needs: str, **expected: tuple[str, ...]) -> RightServer:
    return RightServer(f"framework-{name}", FRAMEWORKS, command, needs, **expected)


def _closing(name: str, command: tuple[str, ...], *needs: str, advice: tuple[str, ...]) -> RightServer:
    """One that closes the connection after each answer."""
    expected = {"passes": BEFORE_KEEP_ALIVE, "fails": (_SECOND,), "advice": advice}
    return _framework(name, command, *needs, **expected)


def frameworks() -> Iterable[RightServer]:
    """The servers that the world runs on. What fails is recorded, so that a change is seen."""
    uvicorn = ("uvicorn", "--port", "4221", "--http")
    gunicorn = ("gunicorn", "-b", _ADDRESS)
    granian = ("granian", "--port", "4221", "--interface")
    return (
        _framework("uvicorn-h11", _line(*uvicorn, "h11", _ASGI), "uvicorn", "h11", advice=(_EMPTY_LINE,)),
        _framework(
            "uvicorn-httptools", _line(*uvicorn, "httptools", _ASGI), "uvicorn", "httptools", advice=(_TRAILING,)
        ),
        _framework("hypercorn", _line("hypercorn", "-b", _ADDRESS, _ASGI), "hypercorn", advice=(_EMPTY_LINE,)),
        _framework(
            "daphne", _line("daphne", "-p", "4221", _ASGI), "daphne", advice=(_BEYOND_ASCII, _CLOSE_WINS),
        ),
        _framework("granian-asgi", _line(*granian, "asgi", _ASGI), "granian"),
        _framework("granian-wsgi", _line(*granian, "wsgi", _WSGI), "granian", advice=(_BEYOND_ASCII,)),
        _framework(
            "gunicorn-gthread", _line(*gunicorn, "-k", "gthread", "--threads", "128", _WSGI), "gunicorn",
            advice=(_OPTIONS,),
        ),
        _framework(
            "gunicorn-sync", _line(*gunicorn, _WSGI), "gunicorn",
            passes=("bind-port", "ok", "paths", "echo", "headers", "files", "gzip"),
            fails=("concurrency/silent_clients",),
        ),
        _framework("waitress", ("PYTHON", "wsgi_app.py", "waitress"), "waitress", advice=(_IDLE, _OPTIONS)),
        _framework("cheroot", ("PYTHON", "wsgi_app.py", "cheroot"), "cheroot", advice=(_OPTIONS,)),
        _framework("twisted", ("PYTHON", "wsgi_app.py", "twisted"), "twisted", advice=(_CLOSE_WINS,)),
        _framework("aiohttp", ("PYTHON", "aiohttp_app.py"), "aiohttp", advice=(_BEYOND_ASCII,)),
        _framework("tornado", ("PYTHON", "tornado_app.py"), "tornado", advice=(_OPTIONS,)),
        _closing("werkzeug", ("PYTHON", "wsgi_app.py", "werkzeug"), "werkzeug", advice=(_EMPTY_LINE, _TRAILING)),
        _closing("flask", ("PYTHON", "flask_app.py"), "flask", advice=(_EMPTY_LINE, _TRAILING)),
        _closing("wsgiref", ("PYTHON", "wsgi_app.py", "wsgiref"), advice=(_EMPTY_LINE, _BEYOND_ASCII)),
        _framework(
            "http.server", ("PYTHON", "http_server_app.py"),
            advice=(_EMPTY_LINE, _TRAILING, "keep-alive/says_close", "keep-alive/announces_keep_alive", _OPTIONS),
        ),
        _framework("node", ("node", "node_app.js"), "node"),
        _closing("node-closing", ("node", "node_app.js", "--close"), "node", advice=()),
        _framework("go", ("./go_app",), "go", advice=(_EMPTY_LINE,), build=("go", "build", "-o", "go_app", "go_app.go")),
    )  # fmt: skip
