"""Which part of the machine is shown, and in which order it is mounted; nothing is mounted here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.isolation.rung import Needs
from grader.isolation.view import Entry, entries
from grader.isolation.visible import Shown, real_home, shown

Put = Callable[[str], Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (made := tmp_path / "home").mkdir()
    return made


@pytest.fixture
def put(home: Path) -> Put:
    """A file below the home directory, which has a submission in `class/mine`."""

    def make(name: str) -> Path:
        (path := home / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        path.chmod(0o755)
        return path

    make("class/mine/server.py")
    return make


def seen(
    home: Path, *command: str, directory: str = "class/mine", hidden: tuple[Path, ...] = (), **variables: str
) -> set[str]:
    """What is shown of the home directory, by name below it."""
    found = shown(Needs(home / directory, command, variables, hidden), home / directory, home)
    return {str(path.relative_to(home)) for path in found.places if path.is_relative_to(home)}


def test_the_system_is_seen_and_the_home_directory_is_not(home: Path, put: Put) -> None:
    put(".ssh/id_ed25519")
    put("class/other/server.py")
    found = shown(Needs(home / "class/mine"), home / "class/mine", home)
    assert {Path("/usr"), Path("/etc")} <= set(found.places)
    assert seen(home) == set()


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        (["tools/bin/x", "tools/lib/y"], "tools/bin", {"tools/bin", "tools"}),
        (["tools/bin/x", "tools/secret"], "tools/bin", {"tools/bin"}),
        ([".local/bin/x", ".local/lib/y", ".local/share/keyrings/z"], ".local/bin", {".local/bin", ".local/lib"}),
        (["bin/x", "lib/y", "notes"], "bin", {"bin", "lib"}),
        ([".pyenv/shims/python", ".pyenv/versions/y"], ".pyenv/shims", {".pyenv/shims", ".pyenv"}),
        (["tools/x"], "tools", {"tools"}),
        (["class/bin/x", "class/lib/y", "class/other/z"], "class/bin", {"class/bin", "class/lib"}),
        ([], "", set()),
        ([], "class", set()),
        ([], "no/such/bin", set()),
    ],
)
def test_directories_of_programs(home: Path, put: Put, files: list[str], path: str, expected: set[str]) -> None:
    """With what the programs belong to, where that is an installation and not everything there is."""
    for name in files:
        put(name)
    assert seen(home, PATH=f"/usr/bin:{home / path}") == expected


def test_toolchains_of_variables(home: Path, put: Put) -> None:
    put("go/pkg/x")
    put("elsewhere/y")
    assert seen(home, GOPATH=f"{home}/go:{home}/none", HOME=f"{home}/elsewhere", TMPDIR=str(home)) == {"go"}
    assert seen(home, JAVA_HOME=str(home)) == set()


def test_an_interpreter_behind_symlinks(home: Path, put: Put) -> None:
    put("versions/3.12/bin/python3.12")
    put("versions/3.12/lib/os.py")
    put("venv/pyvenv.cfg")
    (home / "venv/bin").mkdir()
    (home / "venv/bin/python3").symlink_to(home / "versions/3.12/bin/python3.12")
    (home / "venv/bin/python").symlink_to("python3")
    assert {"venv", "versions/3.12"} <= seen(home, f"{home}/venv/bin/python", "server.py")


def test_the_interpreter_of_a_venv_in_the_submission(home: Path, put: Put) -> None:
    put("versions/3.12/bin/python3.12")
    put("versions/3.12/lib/os.py")
    put("class/mine/env/pyvenv.cfg").write_text(f"home = {home}/versions/3.12/bin\nversion = 3.12\n")
    assert seen(home) == {"versions/3.12/bin", "versions/3.12"}


def test_what_a_command_names(home: Path, put: Put) -> None:
    put("jars/app.jar")
    put("classes/Main.class")
    put("notes.txt")
    command = ("/usr/bin/java", "-cp", f"{home}/classes:{home}/none", f"--add={home}/jars/app.jar", f"{home}/notes.txt")
    assert seen(home, *command) == {"classes", "jars", "notes.txt"}


def test_what_interpreters_look_for_above_a_program(home: Path, put: Put) -> None:
    for name in ("class/node_modules/x/index.js", "class/package.json", "class/answers.js", "node_modules/y"):
        put(name)
    assert seen(home) == {"class/node_modules", "class/package.json"}


def hides(home: Path, *hidden: str, directory: str = "class/mine", **variables: str) -> set[Path]:
    needs = Needs(home / directory, (), variables, tuple(home / name for name in hidden))
    return set(shown(needs, home / directory, home).hidden)


def test_what_is_hidden(home: Path, put: Put) -> None:
    put("tools/lib/grader/x")
    put(".cargo/bin/cargo")
    put(".cargo/registry/x")
    put(".cargo/credentials.toml")
    found = hides(home, "tools/lib/grader", "none", PATH=f"{home}/.cargo/bin")
    assert {home / "tools/lib/grader", home / ".cargo/credentials.toml", home / "class"} <= found
    assert home / "none" not in found


@pytest.mark.parametrize("directory", ["class", "class/mine"])
def test_a_course_that_is_graded_by_itself_is_not_hidden(home: Path, put: Put, directory: str) -> None:
    assert home / "class" not in hides(home, "class", directory=directory) - {(home / directory).parent}


def test_a_course_inside_of_the_submission_is_hidden(home: Path, put: Put) -> None:
    put("class/mine/.grader/stages.yaml")
    assert home / "class/mine/.grader" in hides(home, "class/mine/.grader")


def test_a_home_directory_that_is_the_submission(home: Path, put: Put) -> None:
    put(".ssh/id_ed25519")
    put("notes.txt")
    assert home / ".ssh" in hides(home, directory=".")
    assert home / "notes.txt" not in hides(home, directory=".")


# --- the mounts ------------------------------------------------------------------------------------------------


def order(places: list[str], hidden: list[str], writable: list[Entry], empty: str = "/tmp/scratch") -> list[str]:
    seen = Shown(tuple(map(Path, places)), tuple(map(Path, hidden)))
    marks = {True: "rw", False: "ro"}
    chosen = entries(seen, writable, Path(empty))
    return [f"{e.path} {'-' if e.source is None else marks[e.writable]}" for e in chosen]


TMP = Entry(Path("/tmp"), Path("/s/tmp"), writable=True, fresh=True)


def own(path: str) -> Entry:
    return Entry(Path(path), Path("/s/own"), writable=True)


def test_outer_mounts_come_before_inner_ones() -> None:
    found = order(["/somewhere/u/tools/x", "/usr"], ["/usr/secret"], [own("/somewhere/u/mine"), TMP])
    assert found == [
        "/usr ro",
        "/tmp rw",
        "/usr/secret -",
        "/tmp/scratch -",
        "/somewhere/u/mine rw",
        "/somewhere/u/tools/x ro",
    ]


def test_what_changes_nothing_is_left_out() -> None:
    found = order(
        ["/opt", "/opt/java", "/somewhere/u/mine/venv"],
        ["/somewhere/secret", "/var/secret"],
        [own("/somewhere/u/mine"), TMP],
    )
    assert found == ["/opt ro", "/tmp rw", "/tmp/scratch -", "/somewhere/u/mine rw"]


def test_what_is_shown_inside_of_something_hidden() -> None:
    found = order(["/opt", "/opt/course/venv"], ["/opt/course"], [own("/opt/course/mine"), TMP])
    assert found == [
        "/opt ro",
        "/tmp rw",
        "/opt/course -",
        "/tmp/scratch -",
        "/opt/course/venv ro",
        "/opt/course/mine rw",
    ]


def test_an_interpreter_in_tmp() -> None:
    assert "/tmp/venv ro" in order(["/tmp/venv"], [], [TMP, own("/somewhere/u/mine")])
    assert "/tmp/secret -" not in order([], ["/tmp/secret"], [TMP, own("/somewhere/u/mine")])


def test_a_submission_that_is_everything() -> None:
    assert order(["/usr"], ["/etc/shadow"], [own("/"), TMP]) == ["/ rw", "/tmp rw", "/etc/shadow -", "/tmp/scratch -"]


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is started as some number."""
    monkeypatch.setenv("HOME", "/home/learner")
    assert real_home() == Path("/home/learner")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}[0])
    assert real_home() == Path("/nonexistent")
