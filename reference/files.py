"""A directory of files that can be read and replaced by name, and no file outside of it.

The name comes from the client, so it is hostile: `../../etc/passwd`, `/etc/passwd`, a link that
leads out (RFC 9110 17.3). To search a name for dots is not enough. Let the file system say which
file it means, and then look whether that file is inside: `inside` does this, and every name goes
through it.
"""

import errno
import os
from contextlib import suppress

from .http1.messages import HTTPError


class Directory:
    """The files below `root`. Names are paths relative to it, as latin-1 text, one character a
    byte.

    Every method raises HTTPError 404 for a name that leads out of the directory, by `..`, by being
    absolute or through a symbolic link, and OSError for what the file system refuses.
    """

    def __init__(self, root: str) -> None:
        """Raises NotADirectoryError."""
        self._root = directory(root)

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        path = self._inside(name)
        if not os.path.isfile(path):  # a pipe, for example, would block us
            raise HTTPError(404, "there is no such file")
        with open(path, "rb") as file:
            return file.read()

    def write(self, name: str, content: bytes) -> None:
        """Make or replace a file: a reader sees the old bytes or the new ones, never a part.

        The bytes go to a temporary file first, and a rename puts it in place: on one file system,
        which is why it is in the same directory, a rename happens entirely or not at all.
        """
        path = self._inside(name)
        if os.path.lexists(path) and not os.path.isfile(path):
            raise HTTPError(404, "this is no file")
        temporary = os.path.join(os.path.dirname(path), f".upload-{os.urandom(8).hex()}")
        try:
            with open(temporary, "xb") as file:
                file.write(content)
            os.replace(temporary, path)
        except OSError:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise

    def _inside(self, name: str) -> str:
        path = inside(self._root, name)
        if path is None:
            raise HTTPError(404, "there is no such file")
        return path


def directory(path: str) -> str:
    """The real path of a directory. Raises NotADirectoryError."""
    if not os.path.isdir(path):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return os.path.realpath(path)


def inside(root: str, name: str) -> str | None:
    """The real path of a name in the directory `root`, which is a real path: links followed and
    `..` resolved first, and only then compared. None for what is no name of a file, and for one
    that leads out."""
    if "\0" in name or name.endswith("/"):
        return None
    path = os.path.realpath(os.path.join(root, os.fsdecode(name.encode("latin-1"))))
    return path if os.path.commonpath([root, path]) == root else None
