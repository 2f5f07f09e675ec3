"""Owns what is expected of frameworks in the web-app track: which stages each has, and what it fails."""

from __future__ import annotations

from collections.abc import Iterable

from grader.course import course_root, load_course
from tests.right_servers.servers import NODE, ROOT, RightServer

EXAMPLES = ROOT / "examples"

_COURSE = load_course(course_root(), only=())
_STAGES = tuple(stage.slug for stage in _COURSE.stages if stage.track == "web-app")
_NO_END = "uploads/no_end_is_refused"
_OLD_COOKIE = "sessions/old_cookie_starts_at_1"  # what is signed holds until it is too old
_OTHER_VERSION = "websocket/other_version"  # 400, without the version that it speaks


def web_servers() -> Iterable[RightServer]:
    """The programs of examples/. Each is asked for the stages that its framework has."""
    yield _server(
        "flask", ("PYTHON", "flask_app.py"), "flask", without=("websocket",),
        advice=(
            "url-parameters/digits_only",  # it takes the digits of every script
            "json-api/deep_is_4xx",  # a RecursionError of the parser is no ValueError
            _NO_END, _OLD_COOKIE, "request-log/logs_the_date",
        ),
    )  # fmt: skip
    yield _server(
        "aiohttp", ("PYTHON", "aiohttp_app.py"), "aiohttp",
        advice=(
            "uploads/many_parts_are_refused",
            "request-log/logs_the_size",  # it counts the head
            "websocket/unmasked", "websocket/code_comes_back", _OTHER_VERSION,
        ),
    )  # fmt: skip
    yield _server(
        "starlette", ("PYTHON", "starlette_app.py"),
        "starlette", "uvicorn", "websockets", "jinja2", "multipart",
        advice=("forms/plain_utf_8", _NO_END, _OLD_COOKIE, _OTHER_VERSION),
    )  # fmt: skip
    packages = ("express", "express-session", "multer", "morgan", "ws")
    yield _server("express", ("node", "express_app.js"), "node", *(NODE + package for package in packages))
    yield RightServer(
        "web-other-choices", ROOT, ("python3", "tests/right_servers/web/other_choices.py"), passes=_STAGES
    )


def _server(
    name: str, command: tuple[str, ...], *needs: str, without: tuple[str, ...] = (), advice: tuple[str, ...] = ()
) -> RightServer:
    passes = tuple(stage for stage in _STAGES if stage not in without)
    failed = tuple(check for check in advice if check.partition("/")[0] in passes)
    return RightServer(f"web-{name}", EXAMPLES, command, needs, passes, (), failed)
