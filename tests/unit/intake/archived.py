"""Archives for tests: right ones in each form, and hostile ones."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz")
LINK = "-> "
"""How the content of what is to be a link begins."""


def archive(place: Path, files: Mapping[str, str | bytes], *, runs: str = "") -> Path:
    """An archive of these files, by its suffix. runs: the name of the one with an x bit."""
    content = {
        name: text.encode() if isinstance(text, str) else text for name, text in files.items()
    }
    if place.name.endswith(".zip"):
        with zipfile.ZipFile(place, "w") as made:
            for name, data in content.items():
                made.writestr(*_zipped(name, data, runs))
        return place
    mode = {"gz": "w:gz", "tgz": "w:gz", "xz": "w:xz"}.get(place.name.rpartition(".")[2], "w:")
    options = {"preset": 0} if mode == "w:xz" else {}  # else it takes 100 MB each time
    with tarfile.open(place, mode, **options) as tar:  # type: ignore[call-overload]
        for name, data in content.items():
            add(tar, name, data, runs=name == runs)
    return place


def _zipped(name: str, data: bytes, runs: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    kind = stat.S_IFLNK if data.startswith(LINK.encode()) else stat.S_IFREG
    info.external_attr = (kind | (0o755 if name == runs else 0o644)) << 16
    return info, data.removeprefix(LINK.encode())


def add(tar: tarfile.TarFile, name: str, data: bytes, *, runs: bool = False) -> None:
    info = tarfile.TarInfo(name)
    info.mode = 0o755 if runs else 0o644
    if data.startswith(LINK.encode()):
        info.type, info.linkname = tarfile.SYMTYPE, data.removeprefix(LINK.encode()).decode()
        tar.addfile(info)
        return
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
