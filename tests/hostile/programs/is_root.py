"""Tries to be root, or to be in a group of root's."""

import os

from attempt import serve, trying

with trying("it is root"):
    assert 0 in (os.getuid(), os.geteuid(), os.getgid(), *os.getgroups())
with trying("a file that only root may read"):
    open("/etc/shadow").read()
serve()
