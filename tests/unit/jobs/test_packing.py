"""Each submission of a class is packed as its grading begins; what is wrong with one ends no
class."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import GraderError, MachineError
from grader.intake.given import Given, Part
from grader.intake.pack import Source, pack
from grader.jobs import packing
from grader.jobs.neighbours import NOBODY, Neighbours
from grader.jobs.packing import Packed, content_of, packed
from tests.unit.intake.archived import archive

SERVER = "print(1)\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def test_a_folder_is_packed_whole(tmp_path: Path, place: Path) -> None:
    (folder := tmp_path / "ann").mkdir()
    (folder / "server.py").write_text(SERVER)
    found = packed(Given(str(folder)), NOBODY, place)
    assert Path(found.pack).read_bytes() == _packed(Source(folder), tmp_path)
    assert found.known_as == str(folder)
    assert [path.name for path in place.iterdir()] == ["pack"]


def test_a_file_beside_others_is_packed_alone(tmp_path: Path, place: Path) -> None:
    for name in ("ann.py", "bob.py"):
        (tmp_path / name).write_text(SERVER)
    told = Neighbours("ann.py", (str(tmp_path / "bob.py"),), "")
    found = packed(Given(str(tmp_path / "ann.py")), told, place)
    alone = Source(tmp_path, "ann.py", alone=True)
    assert Path(found.pack).read_bytes() == _packed(alone, tmp_path)


def _packed(source: Source, place: Path) -> bytes:
    pack(source, place / "expected.pack")
    return (place / "expected.pack").read_bytes()


def test_what_is_refused_has_a_sentence(tmp_path: Path, place: Path) -> None:
    told = Neighbours("", (), "x is a link to y, another submission")
    assert packed(Given("x"), told, place) == Packed(refused=told.refused)
    evil = archive(tmp_path / "evil.zip", {"../x": ""})
    assert "leads out of it" in packed(Given(str(evil)), NOBODY, place).refused
    assert packed(Given("gone.zip"), NOBODY, place).refused == "there is no file gone.zip"
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "kind"), [(RecursionError("deep"), GraderError), (MemoryError(), MachineError)]
)
def test_what_nobody_expects_is_an_error_of_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[GraderError]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(packing, "handed_in", fails)
    with pytest.raises(kind):
        packed(Given("x"), NOBODY, place)


def test_the_content_of_each_form(tmp_path: Path) -> None:
    """It changes with the files, and with nothing that lies beside them."""
    ann = archive(tmp_path / "ann.zip", {"server.py": SERVER})
    given = Given(str(ann))
    before = content_of(given, NOBODY)
    (tmp_path / "bob.py").write_text(SERVER)
    assert content_of(given, NOBODY) == before != ""
    archive(ann, {"server.py": SERVER * 2})
    assert content_of(given, NOBODY) != before
    parts = (Part("a.py", str(tmp_path / "bob.py")), Part("", str(tmp_path)))
    one, both = (content_of(Given("x", parts[:count]), NOBODY) for count in (1, 2))
    renamed = content_of(Given("x", (Part("b.py", parts[0].path),)), NOBODY)
    assert len({one, both, renamed, ""}) == 4
    assert content_of(Given("x", refused="why"), NOBODY) == ""
