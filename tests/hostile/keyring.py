"""A session keyring of the test's own with a key in it (session-keyring(7)), which every process it
starts inherits."""

from __future__ import annotations

import ctypes
import platform
from typing import Final

_ADD_KEY, _KEYCTL = {"x86_64": (248, 250)}.get(platform.machine(), (217, 219))
_JOIN, _REVOKE, _SESSION = 1, 3, -3
_ABSENT: Final = 0


def session_key(name: str, content: str) -> int:
    """The number of a new key of this name, in a new session keyring; 0 where this machine refuses
    keys."""
    syscall = ctypes.CDLL(None).syscall
    if syscall(_KEYCTL, _JOIN, None) < 0:
        return _ABSENT
    return max(
        _ABSENT, syscall(_ADD_KEY, b"user", name.encode(), content.encode(), len(content), _SESSION)
    )


def revoke(key: int) -> None:
    """Take the key away from whoever has it; `key` may be 0."""
    if key:
        ctypes.CDLL(None).syscall(_KEYCTL, _REVOKE, key)
