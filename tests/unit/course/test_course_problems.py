"""A broken course is refused with the file, the line, and the nearest right word."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import load_course
from grader.course.audit import check_course
from grader.course.document import parse
from grader.errors import CourseError

Changes = Mapping[str, str | bytes | None]
CourseWith = Callable[[Changes], Path]

MISTAKES_IN_THE_OUTLINE = [
    ("slug: tiny\n", "", "1: a course needs 'slug'"),
    (
        "title: A tiny course",
        "titel: A tiny course",
        "2: unknown key 'titel'; did you mean 'title'?",
    ),
    (
        "slug: tiny\n",
        "colour: red\nslug: tiny\n",
        "1: unknown key 'colour'; a course has slug, title, tracks, reference, wrong, right",
    ),
    ("slug: tiny\n", "slug: tiny\nslug: small\n", "2: key 'slug' is there twice"),
    ("slug: tiny\n", "slug: tiny\n[a, b]: c\n", "2: a key must be a word, not a list"),
    ("slug: tiny", "slug: Tiny", "1: slug 'Tiny' must be lower-case words joined by dashes"),
    ("slug: tiny", "slug: 7", "1: slug must be text, not '7'; put it in quotes"),
    ("slug: tiny", "slug: [tiny]", "1: slug must be text, not a list"),
    ("title: A tiny course", "title: yes", "2: title must be text, not 'yes'; put it in quotes"),
    ("title: A tiny course", "title:", "2: title must be text, not nothing"),
    ("title: A tiny course", "title: ' '", "2: title must be one line of text"),
    ("title: A tiny course", 'title: "two\\nlines"', "2: title must be one line of text"),
    ("- slug: main", "- slug: 5th", "4: slug '5th' must be lower-case words joined by dashes"),
    (
        "    launch: {port: 4221,",
        "    protocol: http2\n    launch: {port: 4221,",
        "6: unknown protocol 'http2'; did you mean 'http1'?",
    ),
    (
        "    launch: {port: 4221,",
        "    comparison: http\n    launch: {port: 4221,",
        "6: comparison must be the name of a folder in stages/ that begins with _ (such as"
        " _compare), not 'http'",
    ),
    ("    launch: {port: 4221, arguments: []}\n", "", "4: a track needs 'launch'"),
    ("port: 4221", "prot: 4221", "6: unknown key 'prot'; did you mean 'port'?"),
    ("port: 4221", "port: '4221'", "6: port must be a port number, 1 to 65535, not '4221'"),
    ("port: 4221", "port: 65536", "6: port must be a port number, 1 to 65535, not '65536'"),
    ("port: 4221", "port: !!int x", "6: port must be a port number, 1 to 65535, not 'x'"),
    ("port: 4221", "port: true", "6: port must be a port number, 1 to 65535, not 'true'"),
    ("port: 4221", "port: 4221/udp", "6: port must be 4221/tcp: the track's protocol uses it"),
    (
        "arguments: []",
        "arguments: [], fixtures: {site: site}",
        "6: fixture 'site': there is no folder 'site' here",
    ),
    (
        "arguments: []",
        "arguments: [], fixtures: {up: stages/..}",
        "6: fixture 'up': there is no folder 'stages/..' here",
    ),
    (
        "arguments: []",
        "arguments: [], fixtures: {Site: stages}",
        "6: a fixture cannot be called 'Site': use lower-case letters",
    ),
    (
        "arguments: []",
        "arguments: ['{stage}'], fixtures: {stages: stages}",
        "6: unknown placeholder '{stage}'; did you mean '{stages}'?",
    ),
    (
        "slug: tiny\n",
        "slug: tiny\nreference: node server.js\n",
        "2: reference must name {socket}, the socket that it has to listen on",
    ),
    (
        "slug: tiny\n",
        "slug: tiny\nreference: [node, server.js, '{sokcet}']\n",
        "2: unknown placeholder '{sokcet}'; did you mean '{socket}'?",
    ),
    (
        "slug: tiny\n",
        "slug: tiny\nreference: node 'server.js\n",
        "2: reference must be a command: No closing quotation",
    ),
    ("arguments: []", "arguments: --quick", "6: arguments must be a list, not '--quick'"),
    ("arguments: []", "arguments: [7]", "6: an argument must be text, not '7'; put it in quotes"),
    (
        "{port: 4221, arguments: []}",
        "4221",
        "6: launch must be a mapping (`key: value` lines), not '4221'",
    ),
    ("close: 0.5, ", "", "7: budgets needs 'close'"),
    (
        "close: 0.5",
        "close: 0",
        "7: close must be a number of seconds, above 0 and up to 3600, not '0'",
    ),
    (
        "close: 0.5",
        "close: .inf",
        "7: close must be a number of seconds, above 0 and up to 3600, not '.inf'",
    ),
    (
        "close: 0.5",
        "close: .nan",
        "7: close must be a number of seconds, above 0 and up to 3600, not '.nan'",
    ),
    (
        "close: 0.5",
        "close: 1s",
        "7: close must be a number of seconds, above 0 and up to 3600, not '1s'",
    ),
    ("close: 0.5", "closing: 0.5", "7: unknown key 'closing'; did you mean 'close'?"),
    ("- slug: second", "- slug: first", "12: there is a stage 'first' already, on line 9"),
    (
        "requires: [first]",
        "requries: [first]",
        "14: unknown key 'requries'; did you mean 'requires'?",
    ),
    ("requires: [first]", "requires: first", "14: requires must be a list, not 'first'"),
    ("requires: [first]", "requires:", "14: requires must be a list, not nothing"),
    (
        "[first]",
        "[fisrt]",
        "14: requires 'fisrt', but there is no such stage; did you mean 'first'?",
    ),
    (
        "        requires: [first]",
        "        protocol: tpc\n        requires: [first]",
        "14: unknown protocol 'tpc'; did you mean 'tcp'?",
    ),
    ("[first]", "[nothing]", "14: requires 'nothing', but there is no such stage"),
    ("requires: []", "requires: [second]", "11: requires 'second', which comes later, on line 12"),
    ("[first]", "[second]", "14: stage 'second' requires itself"),
    ("[first]", "[first, first]", "14: requires 'first' twice"),
    ("[first]", "[1]", "14: a required stage must be text, not '1'; put it in quotes"),
    ("{directory}", "{dir}", "15: unknown placeholder '{dir}'; did you mean '{directory}'?"),
    (
        "{arguments: [",
        "{port: 80, arguments: [",
        "15: unknown key 'port'; a stage's launch has arguments, fixtures",
    ),
    ("{quiet: 1}", "{quite: 1}", "16: unknown key 'quite'; did you mean 'quiet'?"),
    (
        "{quiet: 1}",
        "[quiet]",
        "16: a stage's budgets must be a mapping (`key: value` lines), not a list",
    ),
    (
        "gently: 3",
        "gently: -1",
        "17: points of 'gently' must be a whole number of points, 0 or more, not '-1'",
    ),
    (
        "gently: 3",
        "gently: 0.5",
        "17: points of 'gently' must be a whole number of points, 0 or more, not '0.5'",
    ),
    ("whole: 2", "gently: 2", "17: key 'gently' is there twice"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES_IN_THE_OUTLINE)
def test_a_mistake_in_the_outline(
    course_with: CourseWith, files: Mapping[str, str], right: str, wrong: str, message: str
) -> None:
    assert right in files["stages.yaml"]
    root = course_with({"stages.yaml": files["stages.yaml"].replace(right, wrong, 1)})
    with pytest.raises(CourseError) as raised:
        load_course(root, only=())
    assert str(raised.value) == f"stages.yaml:{message}"
    assert (raised.value.file, raised.value.line) == ("stages.yaml", int(message.split(":")[0]))


HOPELESS = [
    ("", "stages.yaml:1: the file is empty"),
    ("  \n\n", "stages.yaml:1: the file is empty"),
    ("# a comment\n", "stages.yaml:1: the file holds only comments"),
    (b"slug: tiny\ntitle: \xff\xfe\n", "stages.yaml:2: not a text file in UTF-8"),
    (
        b"slug: tiny\n\x7fELF\x00\x01",
        "stages.yaml:2: contains a control character; is it a text file?",
    ),
    (
        "slug: tiny\ntracks:\n\t- a\n",
        "stages.yaml:3: a tab in the indentation; YAML is indented with spaces",
    ),
    (
        "slug: tiny\n\ttitle: x\n",
        "stages.yaml:2: a tab in the indentation; YAML is indented with spaces",
    ),
    (
        "slug: tiny\ntitle: x: y\n",
        "stages.yaml:2: invalid YAML: mapping values are not allowed in this context",
    ),
    (
        "slug: [tiny\n",
        (
            "stages.yaml:2: invalid YAML: while parsing a flow sequence, did not find expected ','"
            " or ']'"
        ),
    ),
    (
        "slug: tiny\n---\nslug: x\n",
        "stages.yaml:2: invalid YAML: expected a single document in the stream, but ",
    ),
    ("slug: *tiny\n", "stages.yaml:1: invalid YAML: found undefined alias"),
    (
        "- slug: tiny\n",
        "stages.yaml:1: a course must be a mapping (`key: value` lines), not a list",
    ),
    ("tiny\n", "stages.yaml:1: a course must be a mapping (`key: value` lines), not 'tiny'"),
    ("slug: tiny\ntitle: Tiny\ntracks: []\n", "stages.yaml:3: tracks must not be empty"),
    (None, "stages.yaml: there is no such file in "),
]


@pytest.mark.parametrize(("content", "message"), HOPELESS)
def test_a_file_that_is_no_outline(
    course_with: CourseWith, content: str | bytes | None, message: str
) -> None:
    root = course_with({"stages.yaml": content})
    with pytest.raises(CourseError, match=re.escape(message)) as raised:
        load_course(root)
    assert [str(problem) for problem in check_course(root)] == [str(raised.value)]


def test_a_directory_in_the_place_of_the_outline(course_with: CourseWith) -> None:
    root = course_with({"stages.yaml": None, "stages.yaml/x": ""})
    with pytest.raises(CourseError, match=r"^stages\.yaml: cannot be read: Is a directory$"):
        load_course(root)


def test_a_course_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        CourseError, match=r"there is no course in .*/nowhere, which is not a directory"
    ):
        load_course(tmp_path / "nowhere")


def test_two_tracks_of_one_name(course_with: CourseWith, files: Mapping[str, str]) -> None:
    outline = files["stages.yaml"]
    track = outline[outline.index("  - slug: main") :]
    root = course_with({"stages.yaml": outline + track})
    assert [str(problem) for problem in check_course(root)][:3] == [
        "stages.yaml:18: there is a track 'main' already, on line 4",
        "stages.yaml:23: there is a stage 'first' already, on line 9",
        "stages.yaml:26: there is a stage 'second' already, on line 12",
    ]


DECLARATION = (
    '@check("An answer", "A server MUST answer", cite="RFC 9110 3.4")\ndef answers(session): ...\n'
)
IMPORT = "from grader.author import ADVICE, check\n"

MISTAKES_IN_CHECKS: list[tuple[str | bytes | None, str]] = [
    (None, ": there is no such file, so the stage has no checks"),
    ("", ": declares no check (`@check(...)` above a function)"),
    (IMPORT, ": declares no check (`@check(...)` above a function)"),
    (
        IMPORT + DECLARATION.replace(")", ", level=ADVICE)", 1),
        ":2: all its checks are advice; a stage needs a required one",
    ),
    (IMPORT + DECLARATION + DECLARATION, ":4: 'answers' is defined already, on line 2"),
    (
        IMPORT + DECLARATION + "other = check('Another', 'It MUST', cite='x')(answers.judge)\n",
        ":2: 'answers' is defined already, on line 2",
    ),
    (
        IMPORT + DECLARATION.replace("An answer", "A" * 61),
        ":2: 'answers': the title has 61 columns, and at most 60 are shown",
    ),
    (
        IMPORT + DECLARATION.replace("An answer", "an answer"),
        ":2: 'answers': the title must begin with a capital letter",
    ),
    (
        IMPORT + DECLARATION.replace("An answer", "An answer."),
        ":2: 'answers': the title must not end with a full stop",
    ),
    (
        IMPORT + DECLARATION.replace("MUST answer", "MUST answer."),
        ":2: 'answers': the requirement must not end with a full stop",
    ),
    (
        IMPORT + DECLARATION.replace("MUST answer", "may answer"),
        ":2: 'answers': the requirement needs exactly one MUST or SHOULD, and has 0",
    ),
    (
        IMPORT + DECLARATION.replace("MUST answer", "MUST answer, and SHOULD do so at once"),
        ":2: 'answers': the requirement needs exactly one MUST or SHOULD, and has 2",
    ),
    (
        IMPORT + DECLARATION.replace("MUST", "SHOULD"),
        ":2: 'answers': the requirement of a required check says MUST",
    ),
    (
        IMPORT + DECLARATION + DECLARATION.replace("answers", "others"),
        ":4: 'others': 'answers' has this title already",
    ),
    (
        "def f():\n  return\n\nimport nonsense\n",
        ":4: ModuleNotFoundError: No module named 'nonsense'",
    ),
    (
        "import json\n\njson.loads(',')\n",
        ":3: json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("\n\ndef f(:\n", ":3: SyntaxError: invalid syntax"),
    (
        "if True:\nx = 1\n",
        ":2: IndentationError: expected an indented block after 'if' statement on line 1",
    ),
    ("import sys\nsys.exit(7)\n", ":2: SystemExit: 7"),
    (b"x = 1\n\xff\n", ":2: SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff"),
    (b"x = \x00\n", ": "),
]


@pytest.mark.parametrize(("content", "message"), MISTAKES_IN_CHECKS)
def test_a_mistake_in_checks(
    course_with: CourseWith, content: str | bytes | None, message: str
) -> None:
    root = course_with({"stages/first/checks.py": content})
    with pytest.raises(CourseError, match=re.escape(f"stages/first/checks.py{message}")) as raised:
        load_course(root, only=["first"])
    assert str(raised.value) in [str(problem) for problem in check_course(root)]


MISTAKES_IN_FOLDERS = [
    ({"__init__.py": None}, "/__init__.py: there is no such file, so the stage has no checks"),
    ({"__init__.py": ""}, "/__init__.py: declares no check (`@check(...)` above a function)"),
    ({"more.py": "\n1/0"}, "/more.py:2: ZeroDivisionError: division by zero"),
    (
        {"more.py": IMPORT + DECLARATION},
        "/more.py:2: 'answers' is defined already, in stages/first/checks/__init__.py, line 2",
    ),
    (
        {"__init__.py": "", "more.py": IMPORT + DECLARATION.replace(")", ", level=ADVICE)", 1)},
        "/more.py:2: all its checks are advice; a stage needs a required one",
    ),
    (
        {"../checks.py": IMPORT + DECLARATION},
        ".py: there is a folder checks/, too: keep one of them",
    ),
]


@pytest.mark.parametrize(("changes", "message"), MISTAKES_IN_FOLDERS)
def test_a_mistake_in_a_folder_of_checks(
    course_with: CourseWith, changes: Mapping[str, str | None], message: str
) -> None:
    folder = {"../checks.py": None, "__init__.py": IMPORT + DECLARATION, "more.py": "", **changes}
    root = course_with(
        {os.path.normpath(f"stages/first/checks/{name}"): text for name, text in folder.items()}
    )
    with pytest.raises(CourseError, match=re.escape(f"stages/first/checks{message}")) as raised:
        load_course(root, only=["first"])
    assert str(raised.value) in [str(problem) for problem in check_course(root)]


def test_points_for_a_check_that_does_not_exist(
    course_with: CourseWith, files: Mapping[str, str]
) -> None:
    outline = (
        files["stages.yaml"]
        .replace("points: {", "points:\n          again: 1\n          ")
        .replace("3,", "3\n         ")
    )
    root = course_with({"stages.yaml": outline.replace(" whole: 2}", " hole: 2")})
    with pytest.raises(CourseError) as raised:
        load_course(root, only=["second"])
    problem = (
        "stages.yaml:20: points for 'hole', but stage 'second' has no such check; did you mean"
        " 'whole'?"
    )
    assert str(raised.value) == problem
    load_course(root, only=["first"])


def test_all_problems_at_once(course_with: CourseWith, files: Mapping[str, str]) -> None:
    outline = files["stages.yaml"].replace("slug: second", "slug: seconds").replace("port", "prot")
    root = course_with(
        {
            "stages.yaml": outline,
            "stages/first/checks.py": IMPORT + 2 * DECLARATION,
            "stages/first/README.md": None,
            "stages/old/__pycache__/checks.pyc": b"",
            "stages/__pycache__/x.pyc": b"",
            "stages/.hidden/x": b"",
            "stages/notes.txt": b"",
            "stages/zebra/README.md": "# Zebra",
        }
    )
    assert [str(problem).replace(str(root), "ROOT") for problem in check_course(root)] == [
        "stages.yaml:6: unknown key 'prot'; did you mean 'port'?",
        "stages/second: stages.yaml has no such stage; did you mean 'seconds'?",
        "stages/zebra: stages.yaml has no such stage",
        "stages/first/checks.py:4: 'answers' is defined already, on line 2",
        "stages/first/README.md: there is no such file in ROOT/stages/first",
        "stages.yaml:12: stage 'seconds' has no folder stages/seconds; did you mean 'second'?",
    ]


def test_a_course_without_any_folders(course_with: CourseWith, files: Mapping[str, str]) -> None:
    root = course_with({name: None for name in files if name != "stages.yaml"})
    assert [str(problem) for problem in check_course(root)] == [
        "stages.yaml:9: stage 'first' has no folder stages/first",
        "stages.yaml:12: stage 'second' has no folder stages/second",
    ]


YAML_PIECES = st.sampled_from([*":-[]{}&*!|>'\"%@`#?,~7é\n\t\0\x85\ufeff", "slug", "tiny"])


@given(st.one_of(st.text(), st.lists(YAML_PIECES).map(" ".join)))
def test_any_text_is_parsed_or_refused_with_a_line(text: str) -> None:
    lines = range(1, len(text.splitlines()) + 2)
    assert line_of_refusal(text) in {None, *lines}


def line_of_refusal(text: str) -> int | None:
    """The line that a CourseError names; None when the text is parsed."""
    try:
        parse(text, "stages.yaml")
    except CourseError as error:
        return error.line or -1
    return None


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("first/answer", "is no check; did you mean 'first/answers'?"),
        ("second/again", "is judged later"),
        ("second/gently", "is judged later"),
    ],
)
def test_a_check_asks_for_checks_that_are_judged_before(
    course_with: CourseWith, asked: str, why: str
) -> None:
    path = "stages/second/checks.py"
    right = (course_with({}) / path).read_text()
    changed = right.replace("level=ADVICE)", f"level=ADVICE, asks=({asked!r},))", 1)

    problems = [str(problem) for problem in check_course(course_with({path: changed}))]

    assert problems == [f"{path}: 'gently' asks {asked!r}, which {why}"]
