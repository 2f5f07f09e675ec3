"""Which journal the book gets: by the file system that its directory really lies on."""

from __future__ import annotations

import pytest

from grader.book.journal import journal_mode

MOUNTS = """\
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 22 0:26 / /network rw,relatime - nfs4 server:/network rw,vers=4.2
31 30 0:27 / /network/ada rw - fuse.sshfs ada@host: rw
32 22 0:28 / /srv/my\\040class rw master:3 - xfs /dev/sdb1 rw
33 22 0:29 / /tmp rw - tmpfs tmpfs rw
34 33 0:30 / /tmp rw - 9p share rw
broken line
35 22 0:31 / /new rw - somethingfs x rw
"""


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        ("/", "WAL"),
        ("/srv/class", "WAL"),
        ("/network", "DELETE"),
        ("/network/bob/class", "DELETE"),
        ("/networks/bob", "WAL"),
        ("/network/ada/class", "DELETE"),
        ("/srv/my class", "WAL"),
        ("/tmp/x", "DELETE"),  # the later mount hides the earlier one
        ("/new", "DELETE"),  # who is not known may be anything
    ],
)
def test_a_log_only_where_memory_is_shared(place: str, mode: str) -> None:
    assert journal_mode(MOUNTS, place) == mode


def test_without_mounts_to_look_at() -> None:
    assert journal_mode("", "/network") == "DELETE"
