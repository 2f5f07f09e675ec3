"""Who a submission runs as: the grader's own user, or nobody when that is root; and user namespaces
for either."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from grader.isolation.syscalls import (
    MS_PRIVATE,
    MS_REC,
    NEWNS,
    NEWUSER,
    drop_capabilities,
    mount,
    unshare,
)
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOBODY: Final = 65534  # where the system has no user of that name
_KINDS: Final = ("uid", "gid")


class User(Value, frozen=True):
    """A user without privileges, for programs that root launches."""

    uid: int
    gid: int

    @classmethod
    def for_submissions(cls) -> Self | None:
        """Nobody, when we are root and may become somebody else; `None`: our own user is kept."""
        if os.geteuid() != 0:
            return None
        user = cls._nobody()
        mapped = all(
            _is_mapped(kind, number)
            for kind, number in zip(_KINDS, (user.uid, user.gid), strict=True)
        )
        return user if mapped else None

    @classmethod
    def _nobody(cls) -> Self:
        import pwd

        try:
            found = pwd.getpwnam("nobody")
        except KeyError:
            return cls(_NOBODY, _NOBODY)
        return cls(found.pw_uid, found.pw_gid)

    def owns(self, path: Path | str | int) -> None:
        """Hand a file or directory over, by its path or its descriptor; a symlink itself, not what
        it points to."""
        if isinstance(path, int):
            os.fchown(path, self.uid, self.gid)
        else:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def become(self) -> None:
        """For good: with no other group and no capability. The terminal comes along, so that it can
        be reopened."""
        for descriptor in (0, 1, 2):
            if os.isatty(descriptor):
                os.fchown(descriptor, self.uid, self.gid)
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)
        if sys.platform == "linux":
            drop_capabilities()


def _is_mapped(kind: str, number: int) -> bool:
    """Whether this id exists in our user namespace; where there are none, every id does."""
    try:
        lines = Path(f"/proc/self/{kind}_map").read_text().splitlines()
    except OSError:
        return True
    spans = [[int(word) for word in line.split()] for line in lines]
    return any(first <= number < first + count for first, _, count in spans)


def new_user_namespace(flags: int, user: User | None) -> None:
    """Unshare, with all capabilities inside and every id as it was outside.

    With a `user` to become later, all ids that there are stay: only a process outside may map more
    than its own.
    """
    if user is None:
        maps = {"setgroups": "deny", **{f"{kind}_map": _own(kind) for kind in _KINDS}}
        unshare(NEWUSER | flags)
        _write_maps("self", maps.items())
    else:
        _unshare_with_all_ids(flags)
    if flags & NEWNS:
        mount("none", "/", "", MS_REC | MS_PRIVATE)


def _own(kind: str) -> str:
    number = os.getuid() if kind == "uid" else os.getgid()
    return f"{number} {number} 1"


def _unshare_with_all_ids(flags: int) -> None:
    maps = [(f"{kind}_map", _every(kind)) for kind in _KINDS]
    read, write = os.pipe()
    ours = os.getpid()
    if not (outside := os.fork()):
        status = 1
        try:
            os.close(write)
            if os.read(read, 1):
                _write_maps(str(ours), maps)
                status = 0
        finally:
            os._exit(status)
    os.close(read)
    try:
        unshare(NEWUSER | flags)
        os.write(write, b"1")
    finally:
        os.close(write)
        _, status = os.waitpid(outside, 0)
    if status:
        raise OSError(0, "the users of this machine cannot be mapped into a user namespace")


def _every(kind: str) -> str:
    lines = Path(f"/proc/self/{kind}_map").read_text().splitlines()
    spans = [(first, count) for first, _, count in map(str.split, lines)]
    return "".join(f"{first} {first} {count}\n" for first, count in spans)


def _write_maps(process: str, maps: Iterable[tuple[str, str]]) -> None:
    for name, text in maps:
        Path(f"/proc/{process}/{name}").write_text(text)
