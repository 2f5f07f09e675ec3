"""What keeps this machine from giving a private network, where it can be seen, and the command that
changes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTINGS = {
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
    "user.max_user_namespaces": ("0", "15000"),
}
"""sysctl(8) names that forbid user namespaces: the value that does, and one that does not."""

_DOCKER = "/.dockerenv"
_DOCKER_OPTIONS = "seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined"
"""Docker's default profile refuses unshare(2), AppArmor's mount(2), and what is masked in /proc a
new /proc."""


class Obstacle(Value, frozen=True):
    """What is seen to be in the way, and the command that takes it away; `how` introduces it."""

    seen: str
    how: str
    command: str

    def __str__(self) -> str:
        return f"{self.seen}; {self.how}: {self.command}"


def obstacles(read: Callable[[str], str | None] | None = None) -> tuple[Obstacle, ...]:
    """Each thing that is seen to forbid user namespaces here; empty when nothing is.

    read: the text of a file, or None where there is none; by default of this machine.
    """
    read = read or _read
    found = []
    for name, (forbids, allows) in _SETTINGS.items():
        value = read(f"/proc/sys/{name.replace('.', '/')}")
        if value is not None and value.strip() == forbids:
            found.append(
                Obstacle(f"{name} is {forbids}", "to change it", f"sudo sysctl {name}={allows}")
            )
    if not found and read(_DOCKER) is not None:
        options = " ".join(f"--security-opt {option}" for option in _DOCKER_OPTIONS)
        found.append(
            Obstacle("this is a Docker container", "start it with", f"docker run {options}")
        )
    return tuple(found)


def ways_to_unlock(read: Callable[[str], str | None] | None = None) -> tuple[str, ...]:
    """The same, one sentence for each."""
    return tuple(map(str, obstacles(read)))


def _read(path: str) -> str | None:
    try:
        return Path(path).read_text()
    except OSError:
        return None
