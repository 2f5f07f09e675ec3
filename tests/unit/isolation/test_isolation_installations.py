"""Which interpreters a submission may lead to by what it writes about itself: installations, and
nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.isolation.allow_list import shown
from grader.isolation.installations import home_of, is_installation
from grader.isolation.level import Needs

Put = Callable[[str], Path]
PYENV = ".pyenv/versions/3.11.7"
UV = ".local/share/uv/python/cpython-3.11.9-linux-x86_64-gnu"
CONDA = "miniconda3"
BASES = (PYENV, UV, CONDA)


def installed(put: Put, place: str) -> None:
    for name in (
        "bin/python3.11",
        "lib/python3.11/os.py",
        "include/python3.11/Python.h",
        "share/notes",
        "secret",
    ):
        put(f"{place}/{name}")
    put(f"{place}/bin/python3").unlink()
    (put(f"{place}/bin/python3.11").parent / "python3").symlink_to("python3.11")


def environment(put: Put, place: str, base: Path) -> Path:
    """A virtual environment upon an installation."""
    settings = put(f"{place}/pyvenv.cfg")
    settings.write_text(f"home = {base}/bin\ninclude-system-site-packages = false\n")
    put(f"{place}/lib/python3.11/site-packages/flask.py")
    (settings.parent / "bin").mkdir()
    (settings.parent / "bin/python").symlink_to(base / "bin/python3.11")
    (settings.parent / "bin/python3").symlink_to("python")
    return settings.parent


def seen(
    home: Path, *interpreters: str, directory: str = "class/mine", hidden: tuple[str, ...] = ()
) -> set[str]:
    """What is shown of the home directory, by name below it."""
    needs = Needs(
        home / directory, hidden=tuple(home / name for name in hidden), interpreters=interpreters
    )
    found = shown(needs, home / directory, home).places
    return {str(path.relative_to(home)) for path in found if path.is_relative_to(home)}


def parts(base: str, *names: str) -> set[str]:
    return {f"{base}/{name}" for name in (*names, "bin", "lib", "include") if name}


# --- what works -----------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
def test_a_virtual_environment_in_the_submission(home: Path, put: Put, base: str) -> None:
    installed(put, base)
    environment(put, "class/mine/.venv", home / base)
    assert seen(home) == parts(base)


@pytest.mark.parametrize("base", BASES)
def test_a_first_line_that_names_a_virtual_environment(home: Path, put: Put, base: str) -> None:
    installed(put, base)
    environment(put, "envs/course", home / base)
    found = seen(home, f"{home}/envs/course/bin/python")
    assert found == {f"envs/course/{name}" for name in ("bin", "lib", "pyvenv.cfg")} | parts(base)


def test_a_virtual_environment_upon_another_name_of_the_installation(home: Path, put: Put) -> None:
    """As uv and pyenv make them: cpython-3.11-linux for the newest of the 3.11."""
    installed(put, UV)
    named = UV.replace("3.11.9", "3.11")
    (home / named).symlink_to(Path(UV).name)
    environment(put, "class/mine/.venv", home / named)
    assert seen(home) == parts(UV) | parts(named)


def test_a_virtual_environment_that_lies_beside_the_submission(home: Path, put: Put) -> None:
    installed(put, PYENV)
    place = environment(put, "class/env311", home / PYENV)
    found = seen(home, f"{place}/bin/python")
    assert {"class/env311/bin", "class/env311/lib", f"{PYENV}/lib"} <= found


def test_a_virtual_environment_that_is_a_link_in_the_submission(home: Path, put: Put) -> None:
    installed(put, PYENV)
    environment(put, "envs/course", home / PYENV)
    (home / "class/mine/.venv").symlink_to(home / "envs/course")
    assert {"envs/course/bin", "envs/course/lib", f"{PYENV}/lib"} <= seen(home)
    assert not any(name.startswith("class/mine") for name in seen(home))


def test_a_virtual_environment_deep_in_the_submission(home: Path, put: Put) -> None:
    installed(put, UV)
    place = environment(put, "class/mine/back/end/.venv", home / UV)
    assert seen(home, f"{place}/bin/python3") == parts(UV)


def test_node_by_a_version_manager(home: Path, put: Put) -> None:
    for name in ("bin/node", "lib/node_modules/npm/x.js", "include/node/node.h"):
        put(f"versions/node/v20/{name}")
    assert seen(home, f"{home}/versions/node/v20/bin/node") == parts("versions/node/v20")


def test_a_course_in_an_installation_is_hidden_there(home: Path, put: Put) -> None:
    """The grader was installed with the pip of that very installation."""
    installed(put, PYENV)
    put(course := f"{PYENV}/lib/python3.11/site-packages/grader")
    environment(put, "class/mine/.venv", home / PYENV)
    assert seen(home, hidden=(course,)) == parts(PYENV)
    needs = Needs(home / "class/mine", hidden=(home / course,))
    assert home / course in shown(needs, home / "class/mine", home).hidden


# --- what shows nothing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["home = {}", "home={}", "  home = {}", "home = {}/../{name}", "home = {}/bin"]
)
@pytest.mark.parametrize("named", [".ssh", "class/bob", "class", ".", "class/mine"])
@pytest.mark.parametrize("place", ["pyvenv.cfg", ".venv/pyvenv.cfg", "any/pyvenv.cfg"])
def test_a_home_that_is_no_installation(
    home: Path, put: Put, line: str, named: str, place: str
) -> None:
    put(".ssh/id_ed25519")
    put("class/bob/server.py")
    put(f"class/mine/{place}").write_text(line.format(home / named, name=Path(named).name) + "\n")
    assert seen(home) == set()


@pytest.mark.parametrize("hidden", [(), ("class/bob",)])
def test_a_neighbours_virtual_environment(home: Path, put: Put, hidden: tuple[str, ...]) -> None:
    installed(put, PYENV)
    put("class/bob/server.py")
    place = environment(put, "class/bob/.venv", home / PYENV)
    put("class/mine/.venv/pyvenv.cfg").write_text(f"home = {place}/bin\n")
    assert seen(home, f"{place}/bin/python", hidden=hidden) == parts(PYENV)


@pytest.mark.parametrize("hidden", [(), ("class/bob",)])
def test_a_neighbour_that_is_an_installation(home: Path, put: Put, hidden: tuple[str, ...]) -> None:
    installed(put, "class/bob")
    put("class/bob/server.py")
    assert seen(home, f"{home}/class/bob/bin/python3", hidden=hidden) == set()


def test_an_installation_of_the_graders_own(home: Path, put: Put) -> None:
    installed(put, "course/.venv")
    assert seen(home, f"{home}/course/.venv/bin/python3", hidden=("course",)) == set()


def test_a_home_directory_that_looks_like_an_installation(home: Path, put: Put) -> None:
    installed(put, ".")
    assert seen(home, f"{home}/bin/python3") == set()


def test_parts_of_an_installation_that_lead_elsewhere(home: Path, put: Put) -> None:
    """Somebody else on the machine may have made it, for the submission to lead to."""
    installed(put, "mallory")
    put(".ssh/id_ed25519")
    (home / "mallory/lib64").symlink_to(home / ".ssh")
    (home / "mallory/libexec").symlink_to("lib")
    assert seen(home, f"{home}/mallory/bin/python3") == parts("mallory", "libexec")


@pytest.mark.parametrize("missing", ["bin/python3.11", "lib/python3.11/os.py"])
def test_what_lacks_a_part_is_no_installation(home: Path, put: Put, missing: str) -> None:
    installed(put, "place")
    assert is_installation(home / "place")
    (home / "place" / missing).unlink()
    assert not is_installation(home / "place")
    assert seen(home, f"{home}/place/bin/python3") == set()


def test_an_interpreter_that_cannot_be_executed(home: Path, put: Put) -> None:
    installed(put, "place")
    (home / "place/bin/python3.11").chmod(0o644)
    assert not is_installation(home / "place")


def test_environments_that_stand_upon_each_other(home: Path, put: Put) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        place = environment(put, f"envs/{one}", home / f"envs/{other}")
        (place / "bin/python").unlink()
        put(f"envs/{one}/bin/python3.11")
    parts = ("bin", "lib", "pyvenv.cfg")
    of_both = {f"envs/{one}/{part}" for one in "ab" for part in parts}
    assert seen(home, f"{home}/envs/a/bin/python3") <= of_both


# --- pyvenv.cfg is read with care -----------------------------------------------------------------


def test_a_pyvenv_cfg_without_end(home: Path, put: Put) -> None:
    (home / "class/mine/pyvenv.cfg").symlink_to("/dev/zero")
    assert home_of(home / "class/mine") is None
    assert seen(home) == set()


def test_a_pyvenv_cfg_that_is_a_pipe(home: Path, put: Put) -> None:
    os.mkfifo(home / "class/mine/pyvenv.cfg")
    assert home_of(home / "class/mine") is None
    assert seen(home) == set()


@pytest.mark.parametrize(
    "text",
    [b"home = \0/usr", b"home = /usr\0", b"home = usr/bin", b"\xff\xfe", b"home = /etc/passwd"],
)
def test_a_pyvenv_cfg_of_other_bytes(home: Path, put: Put, text: bytes) -> None:
    put("class/mine/pyvenv.cfg").write_bytes(text)
    assert home_of(home / "class/mine") is None


def test_a_pyvenv_cfg_that_is_long(home: Path, put: Put) -> None:
    installed(put, PYENV)
    text = f"home = {home}/{PYENV}/bin\n"
    put("class/mine/pyvenv.cfg").write_text(text + "#" * (64 * 1024 - len(text)))
    assert seen(home) == parts(PYENV)
    put("class/mine/pyvenv.cfg").write_text(text + "#" * (64 * 1024 - len(text) + 1))
    assert seen(home) == set()


def test_links_that_lead_round_in_a_circle(home: Path, put: Put) -> None:
    installed(put, "mallory")
    for name in (
        "mallory/lib64",
        "class/mine/.venv",
        "class/mine/node_modules",
        "class/venv",
        "round",
    ):
        (home / name).symlink_to(home / name)
    assert seen(home, f"{home}/mallory/bin/python3", f"{home}/round/bin/python3") == parts(
        "mallory"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_places_where_we_may_not_look(home: Path, put: Put) -> None:
    for name in ("class/mine/closed", "class/venv"):
        (home / name).mkdir(0)
    assert seen(home, f"{home}/class/mine/closed/bin/python3") == set()
