"""A small file of somebody else's: read whole, or not at all, and never for long."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from grader.system.untrusted_files import MOST_OF_A_SMALL_FILE as MOST_BYTES
from grader.system.untrusted_files import read_small


@pytest.mark.parametrize("size", [0, 1, MOST_BYTES])
def test_all_of_it_is_read(tmp_path: Path, size: int) -> None:
    (tmp_path / "file").write_bytes(b"x" * size)
    assert read_small(tmp_path / "file") == b"x" * size


def refusal(path: Path) -> str | None:
    with pytest.raises(OSError, match=str(path.name)) as caught:
        read_small(path)
    return caught.value.strerror


def test_a_file_that_is_too_long(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.truncate(1 << 40)
    assert refusal(tmp_path / "file") == "it is longer than 64 KiB"


@pytest.mark.parametrize("target", ["/dev/zero", "file", "nowhere", "."])
def test_a_link_is_not_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("content")
    (tmp_path / "link").symlink_to(target)
    assert refusal(tmp_path / "link") == "it is a link"


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "it is not a regular file"
    assert refusal(tmp_path) == "it is not a regular file"
    assert refusal(Path("/dev/zero")) == "it is not a regular file"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert refusal(tmp_path / "socket") == "No such device or address"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "file") == "No such file or directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0)
    assert refusal(tmp_path / "file") == "Permission denied"
