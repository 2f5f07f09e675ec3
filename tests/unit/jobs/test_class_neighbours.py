"""What the gradings of a class are told of each other: who is alone, what is hidden, and whose link
is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.codec import BrokenJson, from_json, to_json
from grader.jobs.neighbours import NOBODY, Neighbours, neighbours

Put = Callable[..., None]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Files below the current directory."""
    monkeypatch.chdir(tmp_path)

    def make(*names: str) -> None:
        for name in names:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("")

    return make


def hidden(found: Neighbours) -> set[str]:
    return {str(Path(path).relative_to(Path.cwd())) for path in found.hidden}


def test_files_of_one_directory_are_each_alone(put: Put) -> None:
    put("class/ann.py", "class/bob.py", "class/notes.txt")
    ann, bob = neighbours(["class/ann.py", "class/bob.py"], [])
    assert (ann.alone, hidden(ann)) == ("ann.py", {"class/bob.py"})
    assert (bob.alone, hidden(bob)) == ("bob.py", {"class/ann.py"})


def test_a_folder_each(put: Put) -> None:
    put("class/ann/server.py", "class/bob/server.py", "class/carl/server.py")
    for paths in (
        ["class/ann/server.py", "class/bob/server.py", "class/carl"],
        ["class/ann", "class/bob", "class/carl"],
    ):
        found = neighbours(paths, [])
        assert [one.alone for one in found] == ["", "", ""]
        assert hidden(found[2]) == {*paths[:2]}


def test_a_file_beside_folders_of_others(put: Put) -> None:
    put("class/ann.py", "class/bob/server.py")
    ann, bob = neighbours(["class/ann.py", "class/bob"], [])
    assert (ann.alone, bob.alone) == ("ann.py", "")
    assert (hidden(ann), hidden(bob)) == ({"class/bob"}, {"class/ann.py"})


def test_a_part_of_another_one(put: Put) -> None:
    put("mine/server.py", "mine/part/server.py")
    whole, part = neighbours(["mine", "mine/part"], [])
    assert (whole.hidden, part.hidden) == ((), ())
    assert (whole.alone, part.alone) == ("", "")


def test_one_that_is_given_twice(put: Put) -> None:
    put("ann.py")
    assert neighbours(["ann.py", "./ann.py"], []) == [NOBODY, NOBODY]


def test_a_link_to_another_submission(put: Put) -> None:
    put("class/bob.py", "class/carl/server.py", "class/carl/main.py")
    for name, target in {
        "ann.py": "bob.py",
        "dora": "carl",
        "emil.py": "carl/main.py",
        "fred.py": "fred/x.py",
    }.items():
        Path("class", name).symlink_to(target)
    names = ("ann.py", "bob.py", "carl", "dora", "emil.py", "fred.py")
    found = neighbours([f"class/{name}" for name in names], [])
    assert [one.refused for one in found] == [
        "class/ann.py is a link to class/bob.py, another submission",
        "",
        "",
        "class/dora is a link to class/carl, another submission",
        "class/emil.py is a link to class/carl, another submission",
        "",
    ]


def test_a_link_on_the_way(put: Put) -> None:
    put("class/bob/server.py")
    Path("class/ann").symlink_to("bob")
    ann, bob = neighbours(["class/ann/server.py", "class/bob/server.py"], [])
    assert ann.refused == "class/ann/server.py is a link to class/bob/server.py, another submission"
    assert bob.refused == ""


def test_links_to_one_that_is_not_graded_by_its_own_name(put: Put) -> None:
    put("all/server.py")
    for name in ("a.py", "b.py"):
        Path(name).symlink_to("all/server.py")
    assert [one.refused for one in neighbours(["a.py", "b.py"], [])] == ["", ""]


def test_the_way_to_the_class_may_be_a_link(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("really/ann.py", "really/bob.py")
    Path("class").symlink_to("really")
    ann, bob = neighbours(["class/ann.py", "class/bob.py"], [])
    assert (ann.refused, bob.refused) == ("", "")
    assert hidden(ann) == {"really/bob.py"}


def test_where_the_reports_go(put: Put) -> None:
    put("class/ann/server.py", "reports/old.json")
    (found,) = neighbours(
        ["class/ann"], [Path("reports/ann.json"), Path("class.csv"), Path("class/x.json")]
    )
    assert hidden(found) == {"reports", "class.csv", "class/x.json"}


def test_what_is_told_reaches_another_process() -> None:
    told = Neighbours("gr\u00fc\udce9.py", ("/a b", "/\udcff"), "a reason")
    assert from_json(to_json(told), Neighbours) == told


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"alone": 1}'])
def test_what_is_not_told_by_a_class(text: str) -> None:
    with pytest.raises(BrokenJson):
        from_json(text, Neighbours)
