"""The programs that prove a course's checks: how they are found, and what they have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course import course_root, load_course
from grader.course.programs import ProvingProgram, proving_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def _said(root: Path) -> tuple[list[ProvingProgram], list[str]]:
    course = load_course(root)
    programs, problems = proving_programs(course, course.stages)
    return programs, [str(problem) for problem in problems]


def test_a_course_may_have_none(root: Path) -> None:
    assert _said(root) == ([], [])


def test_right_and_wrong_programs(course_with: Callable[[Mapping[str, str]], Path]) -> None:
    root = course_with(
        {
            "right/one.py": '"""Right."""\n',
            "right/another.py": "# Right.\n# Passes: second\n",
            "right/notes.txt": "not a program",
            "wrong/first/silent.py": '"""Silent.\n\nCaught by: first/answers\n"""\n',
            "wrong/second/_shared.py": "",
            "wrong/second/both.js": "// Caught by: second/gently, second/whole\n",
            "wrong/README.md": "no folder",
        }
    )
    (root / "wrong/second/both.js").chmod(0o755)
    right, wrong = root / "right", root / "wrong"
    programs = [
        ProvingProgram(right, "another.py", ("second",)),
        ProvingProgram(right, "one.py", ("first", "second")),
        ProvingProgram(wrong, "first/silent.py", ("first",), frozenset({"first/answers"})),
        ProvingProgram(
            wrong, "second/both.js", ("second",), frozenset({"second/gently", "second/whole"})
        ),
    ]
    assert _said(root) == (programs, [])
    assert programs[0].command("python3") == ("python3", "another.py")
    assert programs[3].command("python3") == ("./second/both.js",)


def test_what_they_say_wrongly(course_with: Callable[[Mapping[str, str]], Path]) -> None:
    root = course_with(
        {
            "right/one.py": "# Passes: frist\n",
            "wrong/first/says_nothing.py": "",
            "wrong/first/typo.py": "# Caught by: first/answer\n",
            "wrong/first/elsewhere.py": "# Caught by: second/whole\n",
            "wrong/frist/x.py": "# Caught by: first/answers\n",
        }
    )
    assert _said(root) == (
        [],
        [
            "right/one.py: passes 'frist', and there is no such track or stage; did you mean"
            " 'first'?",
            "wrong/first/elsewhere.py: is caught by 'second/whole', and stage 'first' has no such"
            " check",
            "wrong/first/says_nothing.py: does not say which check fails it: `Caught by:"
            " first/CHECK`",
            "wrong/first/typo.py: is caught by 'first/answer', and stage 'first' has no such check;"
            " did you mean 'first/answers'?",
            "wrong/frist: there is no such stage; did you mean 'first'?",
        ],
    )


def test_a_course_says_where_they_are(course_with: Callable[[Mapping[str, str]], Path]) -> None:
    outline = "slug: tiny\nwrong: tests/wrong\nright: tests/right/\n"
    root = course_with({"tests/wrong/first/x.py": "# Caught by: first/answers\n"})
    text = (root / "stages.yaml").read_text().replace("slug: tiny\n", outline, 1)
    (root / "stages.yaml").write_text(text)
    programs, problems = _said(root)
    assert ([program.name for program in programs], problems) == (["first/x.py"], [])


def test_our_own_say_what_they_prove() -> None:
    programs, problems = _said(course_root())
    assert problems == []
    right = {program.name: {*program.stages} for program in programs if not program.fails}
    course = load_course(course_root(), only=())
    stages = {track.slug: {stage.slug for stage in track.stages} for track in course.tracks}
    http, hardening = stages["http"], stages["hardening"]
    assert right == {
        "asyncio_socket_server.py": {"tcp-ping-pong", "tcp-echo", "udp-echo"},
        "document_server.py": {"document"},
        "hardened_server.py": http | hardening,
        "length_required_server.py": hardening,
        "lenient_server.py": hardening,
        "mirror_server.py": {"whole-request"},
        "right_server.py": http,
        "select_server.py": http,
        "socket_server.py": stages["sockets"],
        "static_server.py": stages["static-site"] - {"conditional"},
        "versioned_server.py": stages["static-site"],
        "web_server.py": stages["web-app"],
    }
