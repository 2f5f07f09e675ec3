"""Which part of the machine is shown, and in which order it is mounted; nothing is mounted here."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.isolation.allow_list import Shown, real_home, shown
from grader.isolation.level import Needs
from grader.isolation.mounts import MountEntry, entries

Put = Callable[[str], Path]


def seen(
    home: Path,
    *command: str,
    directory: str = "class/mine",
    hidden: tuple[Path, ...] = (),
    **variables: str,
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
        (
            [".local/bin/x", ".local/lib/y", ".local/share/keyrings/z"],
            ".local/bin",
            {".local/bin", ".local/lib"},
        ),
        (["bin/x", "lib/y", "notes"], "bin", {"bin", "lib"}),
        ([".pyenv/shims/python", ".pyenv/versions/y"], ".pyenv/shims", {".pyenv/shims", ".pyenv"}),
        (["tools/x"], "tools", {"tools"}),
        (["class/bin/x", "class/lib/y", "class/other/z"], "class/bin", {"class/bin", "class/lib"}),
        ([], "", set()),
        ([], "class", set()),
        ([], "no/such/bin", set()),
    ],
)
def test_directories_of_programs(
    home: Path, put: Put, files: list[str], path: str, expected: set[str]
) -> None:
    """With what the programs belong to, where that is an installation and not everything there
    is."""
    for name in files:
        put(name)
    assert seen(home, PATH=f"/usr/bin:{home / path}") == expected


def test_toolchains_of_variables(home: Path, put: Put) -> None:
    put("go/pkg/x")
    put("elsewhere/y")
    assert seen(
        home, GOPATH=f"{home}/go:{home}/none", HOME=f"{home}/elsewhere", TMPDIR=str(home)
    ) == {"go"}
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
    put("versions/3.12/lib/python3.12/os.py")
    put("versions/3.12/notes.txt")
    put("class/mine/env/pyvenv.cfg").write_text(
        f"home = {home}/versions/3.12/bin\nversion = 3.12\n"
    )
    assert seen(home) == {"versions/3.12/bin", "versions/3.12/lib"}


def test_a_word_that_the_learner_may_have_made_a_link(home: Path, put: Put) -> None:
    """The user has typed ./server in the learner's directory."""
    put("class/other/server")
    (home / "class/mine/server").symlink_to(home / "class/other/server")
    assert seen(home, f"{home}/class/mine/server") == set()
    (home / "tool").symlink_to(home / "class/mine/server")
    assert seen(home, "/usr/bin/env", f"{home}/tool") == {"tool"}


def test_what_a_command_names(home: Path, put: Put) -> None:
    put("jars/app.jar")
    put("classes/Main.class")
    put("notes.txt")
    command = (
        "/usr/bin/java",
        "-cp",
        f"{home}/classes:{home}/none",
        f"--add={home}/jars/app.jar",
        f"{home}/notes.txt",
    )
    assert seen(home, *command) == {"classes", "jars", "notes.txt"}


def test_what_interpreters_look_for_above_a_program(home: Path, put: Put) -> None:
    for name in (
        "class/node_modules/x/index.js",
        "class/package.json",
        "class/answers.js",
        "node_modules/y",
    ):
        put(name)
    assert seen(home) == {"class/node_modules", "class/package.json"}


@pytest.mark.parametrize("name", ["node_modules", "package.json", ".venv", "venv"])
def test_what_lies_above_a_program_as_a_link_is_not_followed(
    home: Path, put: Put, name: str
) -> None:
    put("class/ann/app/server.js")
    key = put(".ssh/id_ed25519")
    (home / "class/ann" / name).symlink_to(key if name.endswith(".json") else key.parent)
    assert seen(home, directory="class/ann/app") == set()


def test_what_lies_above_a_program_and_is_no_file(home: Path, put: Put) -> None:
    os.mkfifo(home / "class/package.json")
    put("class/node_modules")
    assert seen(home) == set()


def test_of_a_file_that_is_alone_what_interpreters_look_for_lies_beside_it(
    home: Path, put: Put
) -> None:
    put("class/mine/node_modules/x/index.js")
    put("class/mine/other.js")
    needs = Needs(home / "class/mine", alone="server.js")
    found = shown(needs, home / "class/mine", home).places
    assert home / "class/mine/node_modules" in found
    assert not {home / "class/mine", home / "class/mine/other.js"} & {*found}


# --- what is hidden -------------------------------------------------------------------------------


def hides(home: Path, *hidden: str, directory: str = "class/mine", **variables: str) -> set[Path]:
    needs = Needs(home / directory, (), variables, tuple(home / name for name in hidden))
    return set(shown(needs, home / directory, home).hidden)


def test_what_is_hidden(home: Path, put: Put) -> None:
    put("tools/lib/grader/x")
    put(".cargo/bin/cargo")
    put(".cargo/registry/x")
    put(".cargo/credentials.toml")
    found = hides(
        home, "tools/lib/grader", "none", PATH=f"{home}/.cargo/bin", GOPATH=f"{home}/tools"
    )
    assert {home / "tools/lib/grader", home / ".cargo/credentials.toml"} <= found
    assert home / "none" not in found
    assert not any(path.is_relative_to(home / "class") for path in found), (
        "it cannot be seen anyway"
    )


@pytest.mark.parametrize(
    ("directory", "hidden"), [("/usr/share/doc/mine", True), ("/usr/local/mine", False)]
)
def test_the_submissions_of_others_are_hidden_where_they_could_be_seen(
    home: Path, put: Put, directory: str, hidden: bool
) -> None:
    assert (Path(directory).parent in hides(home, directory=directory)) == hidden


def test_what_others_may_not_read_of_the_systems_settings_is_hidden(home: Path, put: Put) -> None:
    found = hides(home)
    closed = [
        path
        for path in Path("/etc").iterdir()
        if path.is_file() and not path.lstat().st_mode & 0o004
    ]
    assert {path for path in closed if os.access(path, os.R_OK)} <= found
    assert Path("/etc/shadow") in found
    assert Path("/etc/passwd") not in found


def test_what_the_user_names_stays_inside_of_what_is_hidden(home: Path, put: Put) -> None:
    """The grader's own virtual environment lies in its checkout, and has the interpreter."""
    for name in ("bin/python3", "lib/x", "stages/answers.py", "tests/right.py", "pyvenv.cfg"):
        put(f"tools/course/{name}")
    put("tools/course/.venv/bin/python3")
    put("tools/course/.venv/lib/x")
    found = hides(
        home, "tools/course", GOPATH=f"{home}/tools", PATH=f"{home}/tools/course/.venv/bin"
    )
    assert {home / "tools/course/stages", home / "tools/course/tests"} <= found
    assert not any((home / "tools/course/.venv").is_relative_to(path) for path in found)


def test_what_is_hidden_is_hidden_under_every_name(home: Path, put: Put) -> None:
    put("really/lib/course/answers.py")
    put("really/bin/python3")
    (home / "named").symlink_to("really")
    found = hides(home, "really/lib/course", PATH=f"{home}/named/bin")
    assert {home / "really/lib/course", home / "named/lib/course"} <= found


@pytest.mark.parametrize("directory", ["class", "class/mine"])
def test_a_course_that_is_graded_by_itself_is_not_hidden(
    home: Path, put: Put, directory: str
) -> None:
    assert home / "class" not in hides(
        home, "class", directory=directory, GOPATH=str(home / "class")
    )


# --- the mounts -----------------------------------------------------------------------------------


def order(
    places: list[str], hidden: list[str], writable: list[MountEntry], empty: str = "/tmp/scratch"
) -> list[str]:
    seen = Shown(tuple(map(Path, places)), tuple(map(Path, hidden)))
    marks = {True: "rw", False: "ro"}
    chosen = entries(seen, writable, Path(empty))
    return [f"{e.path} {'-' if e.source is None else marks[e.writable]}" for e in chosen]


TMP = MountEntry(Path("/tmp"), Path("/s/tmp"), writable=True, fresh=True)


def own(path: str) -> MountEntry:
    return MountEntry(Path(path), Path("/s/own"), writable=True)


def test_outer_mounts_come_before_inner_ones() -> None:
    found = order(
        ["/somewhere/u/tools/x", "/usr"], ["/usr/secret"], [own("/somewhere/u/mine"), TMP]
    )
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


def test_nothing_is_shown_inside_of_something_hidden_but_what_is_the_programs_own() -> None:
    found = order(
        ["/opt", "/opt/course/venv", "/opt/course"], ["/opt/course"], [own("/opt/course/mine"), TMP]
    )
    assert found == ["/opt ro", "/tmp rw", "/opt/course -", "/tmp/scratch -", "/opt/course/mine rw"]


def test_what_interpreters_look_for_beside_a_file_that_is_alone() -> None:
    """Its directory is one of its own, made anew; what lies around that may be hidden."""
    alone = MountEntry(Path("/opt/class"), Path("/s/own"), writable=True, fresh=True)
    found = order(
        ["/opt", "/opt/class/node_modules"],
        ["/opt/class", "/opt/class/node_modules/key"],
        [alone, TMP],
    )
    assert found[-2:] == ["/opt/class/node_modules ro", "/opt/class/node_modules/key -"]


@given(st.data())
def test_hidden_wins_whatever_is_shown(data: st.DataObject) -> None:
    paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(
        lambda parts: Path("/", *parts)
    )
    places, hidden = (data.draw(st.lists(paths, max_size=6)) for _ in range(2))
    chosen = entries(Shown(tuple(places), tuple(hidden)), [TMP], Path("/tmp/scratch"))
    for place in (entry.path for entry in chosen if entry.source is not None and entry is not TMP):
        assert not any(place.is_relative_to(path) for path in hidden)
    for path in hidden:
        above = [entry for entry in chosen if path.is_relative_to(entry.path)]
        assert not above or above[-1].source is None


def test_an_interpreter_in_tmp() -> None:
    assert "/tmp/venv ro" in order(["/tmp/venv"], [], [TMP, own("/somewhere/u/mine")])
    assert "/tmp/secret -" not in order([], ["/tmp/secret"], [TMP, own("/somewhere/u/mine")])


def test_a_submission_that_is_everything() -> None:
    assert order(["/usr"], ["/etc/shadow"], [own("/"), TMP]) == [
        "/ rw",
        "/tmp rw",
        "/etc/shadow -",
        "/tmp/scratch -",
    ]


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is started as some number."""
    monkeypatch.setenv("HOME", "/users/learner")
    assert real_home() == Path("/users/learner")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", lambda _: {}[0])
    assert real_home() == Path("/nonexistent")
