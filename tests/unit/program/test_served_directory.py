"""The directory a server is given: what is put there, and what is found there, whatever the server
does to it."""

from __future__ import annotations

import errno
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.check.failure import Failure, Kind
from grader.program import served_directory
from grader.program.served_directory import SharedFiles, first_difference, served_name
from grader.system import untrusted_files

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every directory")


@pytest.fixture
def files(tmp_path: Path) -> SharedFiles:
    (root := tmp_path / "root").mkdir()
    return SharedFiles(root)


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A directory that the server can name and we can write to, with a file in it."""
    (place := tmp_path / "victim").mkdir()
    (place / "mine").write_bytes(b"mine")
    return place


def unharmed(victim: Path) -> bool:
    return os.listdir(victim) == ["mine"] and (victim / "mine").read_bytes() == b"mine"


# --- what a check does with it --------------------------------------------------------------------


def test_a_file_has_the_time_that_it_is_put_with(files: SharedFiles) -> None:
    files.put("deep/name", b"old", modified=784_111_777)
    assert (files.directory / "deep" / "name").stat().st_mtime_ns == 784_111_777 * 10**9


def test_what_is_put_is_read(files: SharedFiles) -> None:
    files.put("deep/name", b"\0\xff")
    assert (files.directory / "deep" / "name").read_bytes() == b"\0\xff"
    assert files.read("deep/name") == b"\0\xff"
    assert files.read("empty") is None
    files.put("empty", b"")
    assert files.read("empty") == b""
    files.put("empty", b"more")
    assert files.read("empty") == b"more"
    files.remove("empty")
    assert files.read("empty") is None


def test_what_is_put_outside_is_not_in_the_directory(files: SharedFiles) -> None:
    files.put_outside("secret", b"x")
    assert (files.root / "secret").read_bytes() == b"x"
    assert files.read("secret") is None
    assert files.read("../secret") == b"x"
    assert files.exists("../secret")
    files.remove("../secret")
    assert not files.exists("../secret")


def test_a_directory_beside_the_served_one_may_begin_like_it(files: SharedFiles) -> None:
    name = f"{files.directory.name}-secret/file"
    files.put_outside(name, b"x")
    assert files.read(f"../{name}") == b"x"
    assert files.names() == {f"../{files.directory.name}-secret/", f"../{name}"}


def test_what_is_put_belongs_to_the_server(tmp_path: Path) -> None:
    given = list[int]()

    def give(descriptor: int) -> None:
        given.append(os.fstat(descriptor).st_ino)

    files = SharedFiles(tmp_path, give, name="given")
    assert given == [files.directory.stat().st_ino, tmp_path.stat().st_ino]
    files.put("a/b", b"x")
    files.put("a/c", b"x")
    assert given[2:] == [(files.directory / name).stat().st_ino for name in ("a", "a/b", "a/c")]


def test_there_may_be_files_already(tmp_path: Path) -> None:
    SharedFiles(tmp_path).put("name", b"x")
    assert SharedFiles(tmp_path).read("name") == b"x"


def test_every_name_is_found(files: SharedFiles) -> None:
    files.put("a", b"1")
    files.put("b/c", b"2")
    files.put_outside("d", b"3")
    files.put(name := os.fsdecode(b"caf\xe9"), b"4")
    assert files.names() == {"a", "b/", "b/c", "../d", name}
    assert files.read(name) == b"4"


@pytest.mark.parametrize("name", ["", "/etc/passwd", "a/../../b", "../../b", "../.."])
def test_a_check_names_nothing_else(files: SharedFiles, name: str) -> None:
    for act in (files.read, files.exists, files.remove, lambda it: files.put(it, b"")):
        with pytest.raises(ValueError, match="not the name of a file"):
            act(name)


def test_the_served_directory_has_a_name_of_the_run(tmp_path: Path) -> None:
    assert served_name(1) == served_name(1) != served_name(2)
    assert SharedFiles(tmp_path, name=served_name(1)).directory == tmp_path / served_name(1)


# --- what a server does to it ---------------------------------------------------------------------


def test_nothing_that_a_server_left_is_followed(files: SharedFiles, victim: Path) -> None:
    files.link("link", victim / "mine")
    files.link("broken", Path("nowhere"))
    files.link("up", victim)
    os.mkfifo(files.directory / "fifo")
    (files.directory / "folder").mkdir()
    every = ("link", "broken", "up", "fifo", "folder")
    assert [files.read(name) for name in every] == [None] * 5
    assert files.read("up/mine") is None
    assert not files.exists("up/mine")
    assert all(files.exists(name) for name in every)
    assert files.names() == {"link", "broken", "up", "fifo", "folder/"}
    for name in every:
        files.put(name, b"x")
    assert [files.read(name) for name in every] == [b"x"] * 5
    assert unharmed(victim)


def test_a_link_above_a_name_is_not_followed(files: SharedFiles, victim: Path) -> None:
    files.link("folder", victim)
    (files.root / "folder").symlink_to(victim)
    for name in ("folder/name", "folder/deeper/name", "../folder/name", "../folder/mine"):
        with pytest.raises(Failure, match="cannot be used any more"):
            files.put(name, b"x")
        files.remove(name)
    assert unharmed(victim)


def test_a_device_is_not_read() -> None:
    devices = untrusted_files.open_directory("/dev")
    assert untrusted_files.read(("zero",), devices, 10) is None
    os.close(devices)


def by_link(files: SharedFiles, victim: Path) -> None:
    files.directory.symlink_to(victim)


def by_pipe(files: SharedFiles, _victim: Path) -> None:
    os.mkfifo(files.directory)


def by_file(files: SharedFiles, _victim: Path) -> None:
    files.directory.write_bytes(b"a file")


def by_nothing(_files: SharedFiles, _victim: Path) -> None:
    pass


def by_another(files: SharedFiles, victim: Path) -> None:
    victim.rename(files.directory)
    victim.mkdir()
    (victim / "mine").write_bytes(b"mine")


REPLACED = pytest.mark.parametrize("replace", [by_link, by_pipe, by_file, by_nothing, by_another])


@REPLACED
def test_a_directory_that_was_moved_away_is_still_the_one(
    files: SharedFiles, victim: Path, replace: Callable[[SharedFiles, Path], None]
) -> None:
    files.directory.rename(files.root / "moved")
    replace(files, victim)
    files.put("a", b"x")
    files.put("b/c", b"y")
    files.link("link", Path("a"))
    assert (files.root / "moved" / "a").read_bytes() == files.read("a") == b"x"
    assert {name for name in files.names() if not name.startswith("../")} == {
        "a",
        "b/",
        "b/c",
        "link",
    }
    assert "../moved/a" not in files.names()
    assert unharmed(victim)


@REPLACED
def test_a_directory_that_was_removed_is_a_failure(
    files: SharedFiles, victim: Path, replace: Callable[[SharedFiles, Path], None]
) -> None:
    files.directory.rmdir()
    replace(files, victim)
    for act in (lambda: files.put("a", b"x"), lambda: files.link("a", Path("b"))):
        with pytest.raises(
            Failure, match="cannot be used any more: No such file or directory"
        ) as caught:
            act()
        assert caught.value.kind is Kind.FILES
    assert files.read("a") is None
    assert all(name.startswith("../") for name in files.names())
    assert unharmed(victim)


def test_the_directory_around_may_be_replaced_too(files: SharedFiles, victim: Path) -> None:
    files.root.rename(moved := files.root.with_name("moved"))
    files.root.symlink_to(victim)
    files.put("a", b"x")
    files.put_outside("b", b"y")
    assert (moved / "b").read_bytes() == b"y"
    assert files.names() == {"a", "../b"}
    assert unharmed(victim)


def test_what_cannot_be_removed_is_a_failure(files: SharedFiles) -> None:
    files.put("full/inner", b"")
    with pytest.raises(Failure, match="cannot be used any more: File exists"):
        files.put("full", b"x")


@NOT_ROOT
def test_what_is_locked_is_a_failure(files: SharedFiles) -> None:
    files.put("locked", b"x")
    (files.directory / "locked").chmod(0)
    with pytest.raises(Failure, match="Permission denied"):
        files.read("locked")
    (files.directory / "folder").mkdir(0)
    with pytest.raises(Failure, match="Permission denied"):
        files.names()
    for place in (files.directory, files.root):
        place.chmod(0)
        with pytest.raises(Failure, match="Permission denied"):
            files.put("a", b"x")
        with pytest.raises(Failure, match="Permission denied"):
            files.names()
        place.chmod(0o755)


def test_a_full_disk_is_the_servers_where_nobody_else_fills_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(untrusted_files, "create", full)
    with pytest.raises(Failure, match="filled the disk"):
        SharedFiles(tmp_path, own_disk=True).put("a", b"x")
    with pytest.raises(OSError, match="No space left"):
        SharedFiles(tmp_path).put("a", b"x")


# --- how much of it is looked at ------------------------------------------------------------------


def test_a_long_file(files: SharedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_directory, "MOST_BYTES", 1000)
    files.put("long", b"x" * 1000)
    assert files.read("long") == b"x" * 1000
    files.put("long", b"x" * 1001)
    with pytest.raises(Failure, match="the file long is longer than 1000 bytes"):
        files.read("long")


def test_many_names(files: SharedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_directory, "MOST_NAMES", 3)
    for name in ("a", "b", "c", "../a", "../b", "../c"):
        files.put(name, b"")
    assert len(files.names()) == 6
    for name in ("d/", "../d/"):
        folder = files.directory / name
        folder.mkdir()
        with pytest.raises(Failure, match="there are more than 3 names"):
            files.names()
        folder.rmdir()


@pytest.mark.parametrize("place", ["", "../"])
def test_deep_directories(files: SharedFiles, place: str) -> None:
    files.put(f"{place}{'d/' * 63}name", b"x")
    assert len(files.names()) == 64
    files.put(f"{place}{'d/' * 64}name", b"x")
    with pytest.raises(Failure, match="nested more than 64 deep"):
        files.names()


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    gc.collect()
    before = len(os.listdir("/dev/fd"))
    files = SharedFiles(tmp_path)
    files.put("a/b/c", b"x")
    files.put_outside("d/e", b"x")
    assert len(files.names()) == 5
    for name in ("a", "a/b/c", "../d/e", "x/y"):
        files.read(name)
    with pytest.raises(Failure):
        files.put("a/b/c/d", b"x")
    del files
    assert len(os.listdir("/dev/fd")) == before


@pytest.mark.parametrize(
    ("one", "other", "offset"),
    [
        (b"", b"", 0),
        (b"a", b"", 0),
        (b"", b"a", 0),
        (b"abc", b"abd", 2),
        (b"abc", b"ab", 2),
        (b"abc", b"abc", 3),
    ],
)
def test_the_first_difference(one: bytes, other: bytes, offset: int) -> None:
    assert first_difference(one, other) == offset


@given(st.binary(), st.binary(), st.binary())
def test_the_first_difference_of_any(begin: bytes, one: bytes, other: bytes) -> None:
    one, other = begin + one, begin + other
    offset = first_difference(one, other)
    assert one[:offset] == other[:offset]
    assert offset == first_difference(other, one)
    assert one[offset : offset + 1] != other[offset : offset + 1] or one == other


def test_a_child_before_exec_closes_nothing(tmp_path: Path) -> None:
    """It has closed what it inherited: the numbers may be somebody else's there."""
    files = SharedFiles(tmp_path)
    before = {*os.listdir("/proc/self/fd")}
    child = os.fork()
    if not child:
        del files
        gc.collect()
        os._exit(before - {*os.listdir("/proc/self/fd")} != set())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    del files
