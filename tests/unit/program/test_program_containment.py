"""A submission's program lies where it is named: whatever a link leads to elsewhere is refused by
name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import UsageError
from grader.program.find import find

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = "#!/bin/sh\n"
OUTSIDE = "outside the submission"


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A program below the test's directory, where the user is: `mine` is the submission, `bob` a
    neighbour."""

    def make(name: str, content: str = SCRIPT) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(0o755)
        return path

    make("bob/server.py")
    make("bob/main.py")
    make("bob/app/main.py")
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    return make


def link(name: str, target: str | Path) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).symlink_to(target)


# --- what the directory holds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("server.py", "../bob/server.py"),
        ("server.py", "{here}/bob/server.py"),
        ("main.py", "../bob/main.py"),
        ("your_program.sh", "../bob/server.py"),
        ("your_server.sh", "/bin/sh"),
        ("app", "../bob/app"),
        ("app/main.py", "../../bob/main.py"),
    ],
)
def test_a_program_that_is_a_link_out(
    put: Callable[..., Path], tmp_path: Path, name: str, target: str
) -> None:
    link(f"mine/{name}", target.format(here=tmp_path))
    with pytest.raises(UsageError, match=rf"^mine/{name}.* leads to /.*, outside the submission$"):
        find("mine", [])


def test_a_link_to_a_link_out(put: Callable[..., Path]) -> None:
    link("mine/server.py", "real.py")
    link("mine/real.py", "../bob/server.py")
    with pytest.raises(UsageError, match=r"leads to .*/bob/server.py, outside the submission"):
        find("mine", [])


def test_a_program_that_is_a_link_inside(put: Callable[..., Path], tmp_path: Path) -> None:
    put("mine/src/main.py")
    link("mine/server.py", "src/main.py")
    link("mine/app", "src")
    assert find("mine", []).command[-1] == str(tmp_path / "mine/app/main.py")


# --- what grade.yaml names ------------------------------------------------------------------------

NAMING = [
    "entry: ../bob/server.py",
    "entry: {here}/bob/server.py",
    "entry: linked.py",
    "entry: folder/server.py",
    "entry: ../bob/server.py --fast",
    "entry: exec ../bob/server.py",
    "entry: 'cd . && ../bob/server.py'",
    "entry: python3 {here}/bob/server.py",
    "entry: python3 linked.py",
    "entry: python3 folder",
    "entry: [../bob/server.py]",
    "entry: ['{here}/bob/server.py']",
    "entry: [folder/server.py]",
    "entry: [python3, ../bob/server.py]",
    "entry: [python3, linked.py]",
    "entry: [python3, folder/server.py]",
    "entry: [./own.sh, '{here}/bob/server.py']",
    "entry: ./own.sh\nbuild: [../bob/server.py]",
    "entry: ./own.sh\nbuild: ../bob/server.py",
]


@pytest.mark.parametrize("settings", NAMING)
def test_what_grade_yaml_names_of_others(
    put: Callable[..., Path], tmp_path: Path, settings: str
) -> None:
    put("mine/own.sh")
    link("mine/linked.py", "../bob/server.py")
    link("mine/folder", "../bob")
    put("mine/grade.yaml", settings.format(here=tmp_path))
    with pytest.raises(
        UsageError,
        match=r"^mine/grade\.yaml: '(entry|build)' (names|leads to) .*outside the sub",
    ):
        find("mine", [], sys.executable)


@pytest.mark.parametrize(
    "settings",
    [
        "entry: [python3, server.py, /etc/passwd]",
        "entry: [env, python3, server.py]",
        "entry: [/usr/bin/env, python3, server.py]",
        "entry: /usr/bin/env python3 server.py",
        "entry: [.venv/bin/python, server.py]",
        "entry: .venv/bin/python server.py",
        "entry: exec .venv/bin/python server.py",
        "entry: [server.py, ../no/such/file]",
        "entry: [server.py, /api]",
        "entry: [server.py, --root, ..]",
        "entry: [server.py, .]",
        "entry: 'a \"quote'",
    ],
)
def test_what_grade_yaml_may_name(put: Callable[..., Path], settings: str) -> None:
    put("mine/server.py")
    put("mine/grade.yaml", settings)
    link("mine/.venv/bin/python", sys.executable)
    assert find("mine", [], sys.executable).directory == Path("mine").absolute()


def test_nothing_that_grade_yaml_names_can_be_seen_for_that(
    put: Callable[..., Path], tmp_path: Path
) -> None:
    put("mine/server")
    put("mine/grade.yaml", f"entry: [./server, {tmp_path}/bob, --conf={tmp_path}/bob/server.py]")
    found = find("mine", [])
    assert (found.named, found.interpreters) == ((), ("/bin/sh",))
    put("mine/grade.yaml", f"entry: [sh, server, {tmp_path}/bob]")
    assert [Path(word).name for word in find("mine", []).named] == ["sh"]


def test_a_program_leads_to_its_interpreter(put: Callable[..., Path]) -> None:
    put("mine/your_program.sh", "#! /somewhere/bin/python3 -u\n")
    put("somewhere/bin/python3")
    with pytest.raises(UsageError, match="interpreter in its first line is not on this machine"):
        find("mine", [])
    put("mine/your_program.sh", "#!/bin/sh -e\n")
    assert find("mine", []).interpreters == ("/bin/sh",)
    assert find("mine/your_program.sh", []).interpreters == ("/bin/sh",)
    assert find(None, ["mine/your_program.sh", "x"]).interpreters == ("/bin/sh",)


@pytest.mark.parametrize(
    "content", ['entry: ["sh", "a\\0b"]', 'entry: "a\\0b"', 'entry: ["a\\0b"]']
)
def test_a_word_with_a_nul(put: Callable[..., Path], content: str) -> None:
    put("mine/grade.yaml", content)
    with pytest.raises(UsageError, match="'entry' must be a command"):
        find("mine", [])


def test_a_line_that_is_too_long_for_a_file_name(put: Callable[..., Path]) -> None:
    put("mine/grade.yaml", f"entry: ./server {'x' * 5000}")
    assert find("mine", []).command[0] == "/bin/sh"


@pytest.mark.parametrize(
    ("target", "why"),
    [("/dev/zero", "it is a link"), ("other.yaml", "it is a link"), ("nowhere", "it is a link")],
)
def test_a_grade_yaml_that_is_a_link(put: Callable[..., Path], target: str, why: str) -> None:
    put("mine/server.py")
    put("mine/other.yaml", "entry: server.py")
    link("mine/grade.yaml", target)
    with pytest.raises(UsageError, match=f"^mine/grade.yaml cannot be read: {why}$"):
        find("mine", [])


def test_a_grade_yaml_that_is_a_pipe_or_too_long(put: Callable[..., Path]) -> None:
    os.mkfifo("mine/grade.yaml")
    with pytest.raises(UsageError, match="it is not a regular file"):
        find("mine", [])
    Path("mine/grade.yaml").unlink()
    put("mine/grade.yaml", "entry: x\n#" + "x" * 65536)
    with pytest.raises(UsageError, match="it is longer than 64 KiB"):
        find("mine", [])


# --- what the command line names ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["class/ann", "class/ann/server.py", "./class/../class/ann/", "class/ann/."]
)
def test_a_link_out_of_the_directory_in_which_it_lies(put: Callable[..., Path], path: str) -> None:
    link("class/ann", "../bob")
    with pytest.raises(
        UsageError,
        match=r"the link .*/class/ann leads to .*/bob, outside its directory; name",
    ):
        find(path, [])


def test_a_file_that_is_a_link_out(put: Callable[..., Path], tmp_path: Path) -> None:
    for number, target in enumerate(
        ["../bob/server.py", tmp_path / "bob/server.py", "../nowhere.py"]
    ):
        link(f"class/{number}.py", target)
        for path in (f"class/{number}.py", str(tmp_path / f"class/{number}.py")):
            with pytest.raises(UsageError, match="outside its directory"):
                find(path, [])


def test_links_that_stay(put: Callable[..., Path], tmp_path: Path) -> None:
    link("link.py", "bob/server.py")
    link("linked", tmp_path / "bob")
    link("mine/inner", "../mine")
    for path in (
        "link.py",
        "linked/server.py",
        str(tmp_path / "linked/server.py"),
        "mine/../link.py",
    ):
        assert find(path, []).command[-1] == str(tmp_path / "bob/server.py")


def test_how_the_user_got_here_is_the_users_affair(
    put: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link("way/home", "../bob")
    monkeypatch.setenv("HOME", str(tmp_path / "way/home"))
    assert find(str(tmp_path / "way/home/server.py"), []).directory == tmp_path / "bob"
    monkeypatch.chdir("way/home")
    assert find("server.py", []).directory == tmp_path / "bob"


def test_a_command_of_the_users(
    put: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the user names elsewhere is the user's; a link where the learner works is the
    learner's."""
    found = find(None, ["bob/server.py", "--conf", "/etc/passwd"])
    assert found.named == (str(tmp_path / "bob/server.py"), "--conf", "/etc/passwd")
    link("mine/server", "../bob/server.py")
    assert find(None, ["mine/server"]).directory == tmp_path
    monkeypatch.chdir("mine")
    assert find(None, ["../bob/server.py"]).command == (str(tmp_path / "mine/../bob/server.py"),)
    with pytest.raises(
        UsageError,
        match=r"the command names .*/mine/server, which is .*/bob/server.py and is outside",
    ):
        find(None, ["./server"])
