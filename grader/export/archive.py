"""Archives that depend on their content alone: no time, no order of a directory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can name
_UNIX: Final = 3
_FILE: Final = 0o100000


def zipped(files: Mapping[str, bytes], executable: Collection[str] = ()) -> bytes:
    """A zip file of these, by their names. executable: which of them may be run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            mode = 0o755 if name in executable else 0o644
            entry.external_attr = (_FILE | mode) << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
