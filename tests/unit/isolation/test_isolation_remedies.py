"""What is said about a machine without namespaces is only what can be seen on it."""

from __future__ import annotations

import pytest

from grader.isolation.remedies import ways_to_unlock

CLONE = "/proc/sys/kernel/unprivileged_userns_clone"
APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
MOST = "/proc/sys/user/max_user_namespaces"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, []),
        ({CLONE: "1\n", APPARMOR: "0\n", MOST: "96365\n"}, []),
        ({CLONE: "0\n"}, ["sudo sysctl kernel.unprivileged_userns_clone=1"]),
        (
            {APPARMOR: "1\n", MOST: "9\n"},
            ["sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"],
        ),
        ({MOST: "0\n", "/.dockerenv": ""}, ["sudo sysctl user.max_user_namespaces=15000"]),
        ({"/.dockerenv": ""}, ["docker run --security-opt seccomp=unconfined"]),
    ],
)
def test_only_what_is_seen(files: dict[str, str], said: list[str]) -> None:
    found = ways_to_unlock(files.get)
    assert len(found) == len(said)
    assert all(expected in sentence for expected, sentence in zip(said, found, strict=True))


def test_this_machine_can_be_asked() -> None:
    assert all(isinstance(sentence, str) for sentence in ways_to_unlock())
