"""Which names are those of archives. Pure."""

from __future__ import annotations

from typing import Final

SUFFIXES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz")


def is_archive(name: str) -> bool:
    """Whether it is called as an archive that can be unpacked."""
    return name.lower().endswith(SUFFIXES)


def without_suffix(name: str) -> str:
    """The name of what is in it: `ann.tar.gz` holds `ann`."""
    suffix = next((it for it in SUFFIXES if name.lower().endswith(it)), "")
    return name[: len(name) - len(suffix)]
