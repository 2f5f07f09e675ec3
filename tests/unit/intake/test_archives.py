"""Archives: the right ones come out whole, and each hostile one is refused in a sentence, with
nothing outside of its directory and nothing left behind."""

from __future__ import annotations

import contextlib
import io
import lzma
import os
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import NotGraded
from grader.intake.archives import unpack_archive
from grader.intake.bounds import BOUNDS, Bounds
from grader.intake.suffixes import is_archive, without_suffix
from tests.unit.intake.archived import LINK, SUFFIXES, add, archive

SERVER = "print('hello')\n"


def unpacked(file: Path, bounds: Bounds = BOUNDS) -> dict[str, str]:
    """The files that come out, and the links."""
    out = file.parent / "out"
    unpack_archive(file, file.name, out, bounds)
    return {
        str(path.relative_to(out)): content(path)
        for path in sorted(out.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def content(path: Path) -> str:
    return f"{LINK}{path.readlink()}" if path.is_symlink() else path.read_text()


def refused(file: Path, bounds: Bounds = BOUNDS) -> str:
    """Why it is, in a sentence without controls; nothing stays."""
    before = sorted(file.parent.rglob("*"))
    with pytest.raises(NotGraded) as caught:
        unpack_archive(file, file.name, file.parent / "out", bounds)
    assert sorted(file.parent.rglob("*")) == before
    said = str(caught.value)
    assert said.isprintable()
    assert len(said) < 400
    return said


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_right_ones(tmp_path: Path, suffix: str) -> None:
    files = {"a/server.py": SERVER, "a/run.sh": "#!/bin/sh\n", "a/l": f"{LINK}server.py"}
    assert unpacked(archive(tmp_path / f"ann{suffix}", files, runs="a/run.sh")) == files
    modes = {
        path.name: bool(path.stat().st_mode & 0o100) for path in (tmp_path / "out/a").iterdir()
    }
    assert modes == {"server.py": False, "run.sh": True, "l": False}


def test_what_a_mac_adds_is_left_out(tmp_path: Path) -> None:
    files = {
        "a/server.py": SERVER,
        "__MACOSX/a/._server.py": "x",
        "a/.DS_Store": "x",
        ".git/HEAD": "x",
    }
    assert unpacked(archive(tmp_path / "ann.zip", files)) == {"a/server.py": SERVER}


def test_separators_of_windows(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as made:
        for name in ("src\\server.py", "src\\inner\\x.py"):
            info = zipfile.ZipInfo("x")
            info.create_system, info.filename = 0, name
            made.writestr(info, SERVER)
    assert unpacked(tmp_path / "ann.zip") == {"src/server.py": SERVER, "src/inner/x.py": SERVER}


def test_several_members_of_gzip_and_xz(tmp_path: Path) -> None:
    """As `cat a.gz b.gz` and pigz leave them."""
    whole = archive(tmp_path / "ann.tar", {"server.py": SERVER}).read_bytes()
    half = len(whole) // 2
    for suffix, compress in ((".tar.gz", _gzip), (".tar.xz", lzma.compress)):
        place = tmp_path / suffix
        place.mkdir()
        (place / f"ann{suffix}").write_bytes(compress(whole[:half]) + compress(whole[half:]))
        assert unpacked(place / f"ann{suffix}") == {"server.py": SERVER}


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.xz"])
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"../x.py": ""}, "holds a file called ../x.py, which leads out of it"),
        ({"a/../../x.py": ""}, "holds a file called a/../../x.py, which leads out of it"),
        ({"/etc/x": ""}, "holds a file called /etc/x, which leads out of it"),
        ({"C:\\x": ""}, "holds a file called C:\\x, which leads out of it"),
        ({"l": LINK + "/etc/passwd"}, "holds a link l to /etc/passwd, which leads out of it"),
        ({"a/l": LINK + "../../x"}, "holds a link a/l to ../../x, which leads out of it"),
        ({"l": LINK + "..", "l/x": ""}, "holds a link l to .., which leads out of it"),
        (
            {"here": LINK + ".", "l": LINK + "here/.."},
            None,  # by its names it leads to the top
        ),
        ({"d": LINK + "a", "a/x": "", "d/x": ""}, "holds two files called d"),
        ({"x": "", "x/y": ""}, "holds x/y as a file and as a directory"),
        ({"a\x1b[31m/../..": ""}, "holds a file called a\\x1b[31m/../.., which leads out of it"),
        ({"n" * 300: ""}, "cannot be unpacked: it is damaged, or no archive"),
        ({"/".join(["d"] * 101): ""}, "is too large to grade (over 512 MiB, 50000 names or 100"),
        ({"a/" * 90 + "b" * 250 + "/" + "c" * 250 + "/" + "d" * 250 + "/" + "e" * 200: ""},
         "is too large to grade"),
    ],
)  # fmt: skip
def test_hostile_ones(tmp_path: Path, suffix: str, files: dict[str, str], said: str | None) -> None:
    file = archive(tmp_path / f"ann{suffix}", files)
    if said is None:
        said = "holds a link l to here/.., which leads out of it"
    assert refused(file).startswith(f"ann{suffix} {said}")


def test_a_file_twice(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "ann.tar", "w") as tar:
        add(tar, "x", b"1")
        add(tar, "./x", b"2")
    assert refused(tmp_path / "ann.tar") == "ann.tar holds two files called ./x"


@pytest.mark.parametrize("kind", [tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE])
def test_devices(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "ann.tar", "w") as tar:
        info = tarfile.TarInfo("null")
        info.type = kind
        tar.addfile(info)
    assert refused(tmp_path / "ann.tar").endswith(
        "holds null, which is a device, a pipe or a socket"
    )


def test_hard_links(tmp_path: Path) -> None:
    """One is another name of a file in the archive; never of one outside, nor through a link."""
    for number, (name, target) in enumerate(
        [("b", "a"), ("b", "/etc/passwd"), ("b", "../a"), ("b", "l")]
    ):
        place = tmp_path / str(number)
        place.mkdir()
        with tarfile.open(place / "ann.tar", "w") as tar:
            add(tar, "a", b"1")
            add(tar, "l", LINK.encode() + b"a")
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.LNKTYPE, target
            tar.addfile(info)
        if target == "a":
            assert unpacked(place / "ann.tar") == {"a": "1", "b": "1", "l": "-> a"}
        else:
            refused(place / "ann.tar")


def test_links_of_a_virtual_environment_are_left_out(tmp_path: Path) -> None:
    files = {"server.py": SERVER, ".venv/bin/python3": LINK + "/usr/bin/python3", ".venv/x": "1"}
    for suffix in (".zip", ".tar"):
        place = tmp_path / suffix
        place.mkdir()
        found = unpacked(archive(place / f"ann{suffix}", files))
        assert found == {"server.py": SERVER, ".venv/x": "1"}


SMALL = Bounds(size=1 << 20, names=20, depth=5, path=100)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_bombs(tmp_path: Path, suffix: str) -> None:
    """Of size, alone and together, and of count."""
    for number, files in enumerate(
        [
            {"x": bytes(2 << 20)},
            {str(one): bytes(1 << 18) for one in range(5)},
            {str(one): b"" for one in range(21)},
        ]
    ):
        place = tmp_path / str(number)
        place.mkdir()
        said = refused(archive(place / f"ann{suffix}", files), SMALL)
        assert "is too large to grade (over 1 MiB, 20 names" in said


@pytest.mark.parametrize("suffix", [".tar.gz", ".tar.xz"])
def test_a_bomb_is_not_unpacked_to_its_end(tmp_path: Path, suffix: str) -> None:
    """64 MiB of zeros, where 1 MiB may be."""
    file = tmp_path / f"ann{suffix}"
    packer = (
        zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        if suffix == ".tar.gz"
        else lzma.LZMACompressor(preset=0)
    )
    with open(file, "wb") as stream:
        stream.writelines(packer.compress(bytes(1 << 24)) for _ in range(1 << 2))
        stream.write(packer.flush())
    assert "is too large to grade" in refused(file, SMALL)


def test_a_tar_that_says_too_much(tmp_path: Path) -> None:
    """A name of 64 MiB, and a file that claims to have 2^60 bytes."""
    with tarfile.open(tmp_path / "name.tar", "w") as tar:
        add(tar, "n" * (64 << 20), b"")
    assert refused(tmp_path / "name.tar") == "name.tar says more about its files than is read"
    info = tarfile.TarInfo("x")
    info.size = 1 << 60
    (tmp_path / "size.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert refused(tmp_path / "size.tar").endswith("it is damaged, or no archive")


def test_a_zip_with_a_long_list(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(200):
            made.writestr(zipfile.ZipInfo(f"{number}/" + "n" * 60_000), b"")
    (tmp_path / "ann.zip").write_bytes(stream.getvalue())
    assert refused(tmp_path / "ann.zip") == "ann.zip says more about its files than is read"


def test_zips_that_are_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as made:
        made.writestr("x", "1")
    assert "is compressed in an unusual way" in refused(tmp_path / "lzma.zip")
    content = bytearray(archive(tmp_path / "ann.zip", {"x": "1"}).read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "ann.zip").write_bytes(content)
    assert "ann.zip is protected by a password" in refused(tmp_path / "ann.zip")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive" * 100])
def test_what_is_no_archive(tmp_path: Path, suffix: str, content: bytes) -> None:
    (file := tmp_path / f"ann{suffix}").write_bytes(content)
    if suffix in (".tar", ".tar.gz", ".tgz", ".tar.xz") and content == b"":
        assert "damaged" in refused(file)
    else:
        assert refused(file) == f"ann{suffix} cannot be unpacked: it is damaged, or no archive"


def test_a_link_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    (tmp_path / "link.zip").symlink_to("/etc/passwd")
    assert refused(tmp_path / "pipe.zip").startswith("pipe.zip cannot be read")
    assert refused(tmp_path / "link.zip").startswith("link.zip cannot be read")


def test_names_of_archives() -> None:
    assert [name for name in ("a.zip", "b.TAR.GZ", "c.rar", "d.gz", "zip") if is_archive(name)] == [
        "a.zip",
        "b.TAR.GZ",
    ]
    assert without_suffix("ann.tar.gz") == without_suffix("ann.zip") == "ann"


PART = st.sampled_from(["a", "b", "..", ".", "", "l", "/", "~", "\u202e", "\x1b[31m"])
NAME = st.lists(PART, min_size=1, max_size=4).map("/".join)
CONTENT = st.one_of(st.binary(max_size=50), NAME.map(lambda it: LINK.encode() + it.encode()))


@given(st.sampled_from(SUFFIXES), st.lists(st.tuples(NAME, CONTENT), max_size=6), st.data())
def test_whatever_it_holds_nothing_leaves_its_directory(
    suffix: str, members: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    """Names, links and a few changed bytes: a sentence, or files that lie where they belong."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name).resolve()
        (top / "a").write_text("untouched")
        (place := top / "b" / "c").mkdir(parents=True)
        file = archive(place / f"x{suffix}", dict(members))
        content = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(0, 3))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(content)
        with contextlib.suppress(NotGraded):
            unpack_archive(file, "x", place / "out")
        for path in (place / "out").rglob("*"):
            assert Path(os.path.realpath(path)).is_relative_to(place / "out")
        assert (top / "a").read_text() == "untouched"
        assert {*os.listdir(top), *os.listdir(top / "b")} == {"a", "b", "c"}
        assert {*os.listdir(place)} <= {f"x{suffix}", "out"}
