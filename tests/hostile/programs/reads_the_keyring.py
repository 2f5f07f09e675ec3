"""Tries to read, change and revoke a key in the session keyring of the test, and to get at its user's keyring."""

import ctypes
import platform

from attempt import TARGETS, serve, trying

ADD_KEY, REQUEST_KEY, KEYCTL = (248, 249, 250) if platform.machine() == "x86_64" else (217, 218, 219)
KEYRING_ID, UPDATE, REVOKE, SEARCH, READ = 0, 2, 3, 10, 11
SESSION, USER, USER_SESSION = -3, -4, -5
SYSCALL = ctypes.CDLL(None).syscall
KEY, NAME = TARGETS["session_key"], TARGETS["session_key_name"].encode()
SECRET = TARGETS["secret"].encode()


def read(key: int) -> None:
    seen = ctypes.create_string_buffer(99)
    assert SYSCALL(KEYCTL, READ, key, seen, 99) > 0
    assert SECRET in seen.value


if KEY:
    with trying("read a key"):
        read(KEY)
    with trying("found a key"):
        read(SYSCALL(KEYCTL, SEARCH, SESSION, b"user", NAME, 0))
    with trying("asked for a key"):
        read(SYSCALL(REQUEST_KEY, b"user", NAME, None, 0))
    with trying("changed a key"):
        assert SYSCALL(KEYCTL, UPDATE, KEY, b"changed", 7) == 0
    with trying("revoked a key"):
        assert SYSCALL(KEYCTL, REVOKE, KEY) == 0
for keyring in (USER, USER_SESSION):
    with trying("the keyring of the user"):
        assert SYSCALL(KEYCTL, KEYRING_ID, keyring, 1) > 0
    with trying("a key that stays"):
        assert SYSCALL(ADD_KEY, b"user", f"hostile-{TARGETS['key']}".encode(), b"left", 4, keyring) > 0
serve()
