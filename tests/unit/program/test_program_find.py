"""From what the learner typed to a program that can be launched, or to a sentence that helps."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.program.entries import ENTRIES
from grader.program.find import find
from grader.program.interpreter import interpreter
from grader.program.start_command import Build

if TYPE_CHECKING:
    from collections.abc import Callable

PYTHON = sys.executable
SCRIPT = "#!/bin/sh\n"
LATER = ("/bin/sh", "-c", 'exec "$0" "$@"')


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """A file below the test's directory."""

    def make(name: str, content: str | bytes = "", mode: int = 0o644) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path

    return make


# --- files ----------------------------------------------------------------------------------------


def test_a_python_file_is_started_by_the_interpreter(put: Callable[..., Path]) -> None:
    file = put("my server.py")
    found = find(str(file), [], PYTHON)
    assert found.command == (interpreter(PYTHON), str(file))
    assert (found.path, found.directory, found.build) == (str(file), file.parent, None)


def test_a_python_file_runs_by_python3_unless_told(put: Callable[..., Path]) -> None:
    assert find(str(put("server.py")), []).command[0] == interpreter("python3")


def test_an_executable_is_started_by_itself(put: Callable[..., Path]) -> None:
    for content in (SCRIPT.encode(), Path(_which("true")).read_bytes()):
        file = put("server", content, 0o755)
        assert find(str(file), []).command == (str(file),)


def test_paths_become_absolute_and_symlinks_are_followed(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put("real/server", SCRIPT, 0o755)
    link = file.parent.parent / "link"
    link.symlink_to("real/server")
    monkeypatch.chdir(file.parent.parent)
    found = find("link", [])
    assert (found.path, found.directory, found.command) == ("link", file.parent, (str(file),))


@pytest.mark.parametrize(
    ("name", "content", "mode", "sentence"),
    [
        (
            "server",
            SCRIPT,
            0o644,
            r"server is not executable; if it is a program: chmod \+x server$",
        ),
        (
            "notes.txt",
            "1",
            0o644,
            r"grade knows \(\.c \.cc .*\.ts\); to start it: grade -- COMMAND$",
        ),
        (
            "server",
            "\ufeff#!/bin/sh\n",
            0o755,
            r"begins with a byte order mark \(BOM\), so the system does not see the #!",
        ),
        ("server", "echo", 0o755, "cannot be started: it is not a binary, and not a script"),
        (
            "server",
            "#!/no/such/interpreter\n",
            0o755,
            "interpreter in its first line is not on this machine: #!/no/such/interpreter",
        ),
        ("server", "#!/bin/sh\r\n", 0o755, "ends with CR LF, as on Windows"),
        ("server", "#!\n", 0o755, "the interpreter in its first line"),
        ("server", "", 0o755, "cannot be started: it is not a binary, and not a script"),
    ],
)
def test_a_file_that_cannot_be_started(
    put: Callable[..., Path], name: str, content: str, mode: int, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        find(str(put(name, content, mode)), [])


def test_a_missing_file_and_the_nearest_one(put: Callable[..., Path]) -> None:
    file = put("my_server.py")
    with pytest.raises(
        UsageError, match=r"there is no file .*my_servr\.py; did you mean .*my_server\.py\?"
    ):
        find(str(file.with_name("my_servr.py")), [])
    with pytest.raises(UsageError, match="there is no file") as caught:
        find(str(file.with_name("quite_different")), [])
    assert "did you mean" not in str(caught.value)
    with pytest.raises(UsageError, match="there is no file"):
        find(str(file.parent / "no" / "such" / "directory.py"), [])


def test_a_fifo_is_not_a_program(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "server.py")
    with pytest.raises(UsageError, match="is not a regular file"):
        find(str(tmp_path / "server.py"), [])


def test_nothing_to_grade() -> None:
    with pytest.raises(UsageError, match="nothing to grade"):
        find("", [])


def test_where_nothing_is_named_the_program_is_that_of_this_directory(
    put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put("server.py")
    monkeypatch.chdir(file.parent)
    found = find(None, [], PYTHON)
    assert (found.path, found.program, found.command[-1]) == ("server.py", "server.py", str(file))


# --- directories ----------------------------------------------------------------------------------


def test_the_entries_of_a_directory_are_looked_for_in_their_order(
    put: Callable[..., Path], tmp_path: Path
) -> None:
    for entry in reversed(ENTRIES):
        file = put(entry, SCRIPT, 0o755)
        found = find(str(tmp_path), [])
        assert found.command[-1] == str(file), "an earlier one goes before a later one"
        assert found.directory == tmp_path
        assert (len(found.command) == 2) == entry.endswith(".py")


def test_a_directory_named_like_an_entry_is_passed_over(
    put: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "your_program.sh").mkdir()
    file = put("main.py")
    assert find(str(tmp_path), []).command[-1] == str(file)


def test_a_directory_without_an_entry(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find(str(tmp_path), [])
    assert all(entry in str(caught.value) for entry in (*ENTRIES, "grade.yaml"))


# --- grade.yaml -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "command"),
    [
        ("entry: sh server.sh --fast", ("/bin/sh", "-c", 'exec sh server.sh --fast "$@"', "sh")),
        ("entry: ./server --fast", ("/bin/sh", "-c", 'exec ./server --fast "$@"', "sh")),
        ("entry: ./server", ("/bin/sh", "-c", 'exec ./server "$@"', "sh")),
        ("entry: $HOME/server", ("/bin/sh", "-c", 'exec $HOME/server "$@"', "sh")),
        ("entry: exec ./server", ("/bin/sh", "-c", 'exec ./server "$@"', "sh")),
        ("entry: cd app && ./server", ("/bin/sh", "-c", 'cd app && ./server "$@"', "sh")),
        ("entry: MODE=x ./server", ("/bin/sh", "-c", 'MODE=x ./server "$@"', "sh")),
        ("entry: no-such-program", ("/bin/sh", "-c", 'no-such-program "$@"', "sh")),
        ("entry: './server \"$@\" --fast'", ("/bin/sh", "-c", 'exec ./server "$@" --fast', "sh")),
        ("entry: './server \"$@\" | cat'", ("/bin/sh", "-c", './server "$@" | cat', "sh")),
        ("entry: |\n  cd app\n  ./server\n", ("/bin/sh", "-c", 'cd app\n./server "$@"', "sh")),
        ("entry: ./server\nbuild: make", (*LATER, "{here}/server")),
        ("entry: out/server\nbuild: make", (*LATER, "{here}/out/server")),
        ("entry: server\nbuild: make", (*LATER, "{here}/server")),
        ("entry: made.py\nbuild: make", ("{python}", "{here}/made.py")),
        (
            "entry: ./server --fast\nbuild: make",
            ("/bin/sh", "-c", 'exec ./server --fast "$@"', "sh"),
        ),
        ("entry: [./server, --fast]\nbuild: make", (*LATER, "{here}/server", "--fast")),
        ("entry: [server, --fast]\nbuild: make", (*LATER, "{here}/server", "--fast")),
        ("entry: [./run.sh, --fast]", ("{here}/run.sh", "--fast")),
        ("entry: run.sh", ("{here}/run.sh",)),
        ("entry: tool.py", ("{python}", "{here}/tool.py")),
        ("entry: [run.sh, 'a b']", ("{here}/run.sh", "a b")),
        ("entry: [sh, -c, 'echo $PORT']", ("{sh}", "-c", "echo $PORT")),
        ("entry: [python3, -m, server]", ("{python}", "-m", "server")),
        ("entry: [python, -m, server]", ("{python}", "-m", "server")),
    ],
)
def test_an_entry_of_grade_yaml(
    put: Callable[..., Path], tmp_path: Path, settings: str, command: tuple[str, ...]
) -> None:
    put("run.sh", SCRIPT, 0o755)
    put("tool.py")
    put("main.py")  # is not looked at
    put("grade.yaml", settings)
    names = {"here": tmp_path, "python": interpreter(PYTHON), "sh": _which("sh")}
    assert find(str(tmp_path), [], PYTHON).command == tuple(
        word.format_map(names) for word in command
    )


def _which(name: str) -> Path:
    return next(
        Path(p, name) for p in os.environ["PATH"].split(":") if os.access(Path(p, name), os.X_OK)
    )


@pytest.mark.parametrize(
    ("line", "build"),
    [
        ("", None),
        ("build: make all", Build(("/bin/sh", "-c", "make all"), 120)),
        ("build: {build_only: 1}", UsageError),
        ("build: [sh, build.sh]\nbuild_seconds: 2.5", Build((str(_which("sh")), "build.sh"), 2.5)),
        ("build: [python3, build.py]", Build((interpreter("python3"), "build.py"), 120)),
    ],
)
def test_the_build_of_grade_yaml(
    put: Callable[..., Path], tmp_path: Path, line: str, build: Build | type[UsageError] | None
) -> None:
    put("grade.yaml", f"entry: exec ./server\n{line}\n")
    if build is UsageError:
        with pytest.raises(UsageError, match="'build' must be a command"):
            find(str(tmp_path), [], PYTHON)
    else:
        assert find(str(tmp_path), [], PYTHON).build == build


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("entry: [1", r"grade\.yaml:1: not valid YAML"),
        ("a: b\n c: [", r"grade\.yaml:2: not valid YAML"),
        ("- entry", "expected 'entry: COMMAND'"),
        ("", "expected 'entry: COMMAND'"),
        ("build: make", "there is no 'entry'"),
        ("entry: x\nbulid: make", "unknown key 'bulid'; did you mean 'build'"),
        ("entry: x\n1: make", "unknown key 1"),
        ("entry: ''", "'entry' must be a command"),
        ("entry: '  '", "'entry' must be a command"),
        ("entry: []", "'entry' must be a command"),
        ("entry: [sh, 1]", "'entry' must be a command"),
        ("entry: 5", "'entry' must be a command"),
        ("entry: null", "'entry' must be a command"),
        ("entry: [no-such-program-at-all]", "there is no program 'no-such-program-at-all'"),
        ("entry: x\nbuild_seconds: 0", "build_seconds must be a positive number"),
        ("entry: x\nbuild_seconds: -1", "build_seconds must be a positive number"),
        ("entry: x\nbuild_seconds: true", "build_seconds must be a positive number"),
        ("entry: x\nbuild_seconds: '9'", "build_seconds must be a positive number"),
        ("entry: plain", "neither executable nor"),
    ],
)
def test_what_is_wrong_with_grade_yaml(
    put: Callable[..., Path], tmp_path: Path, settings: str, sentence: str
) -> None:
    put("plain")
    put("grade.yaml", settings)
    with pytest.raises(UsageError, match=sentence):
        find(str(tmp_path), [], PYTHON)


@pytest.mark.parametrize("number", [".nan", ".inf"])
def test_a_build_that_is_never_over(put: Callable[..., Path], tmp_path: Path, number: str) -> None:
    put("grade.yaml", f"entry: x\nbuild: make\nbuild_seconds: {number}")
    with pytest.raises(UsageError, match="build_seconds must be a positive number"):
        find(str(tmp_path), [], PYTHON)


@pytest.mark.parametrize(
    "content", [b"entry: \xff\xfe", b"entry: a\0b"], ids=["not UTF-8", "a NUL"]
)
def test_grade_yaml_of_other_bytes(
    put: Callable[..., Path], tmp_path: Path, content: bytes
) -> None:
    put("grade.yaml", content)
    with pytest.raises(UsageError, match=r"grade\.yaml.*: not valid YAML"):
        find(str(tmp_path), [], PYTHON)
