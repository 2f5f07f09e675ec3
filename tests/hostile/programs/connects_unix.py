"""Tries to reach Unix sockets in the file system: the test's, and those of the machine's services."""

import os
import socket

from attempt import TARGETS, serve, trying

for name in (TARGETS["unix"], "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket"):
    with trying(f"connected to {name}"):
        socket.socket(socket.AF_UNIX).connect(name)
for name in ("/run", "/var/run"):
    with trying(f"sees what is in {name}"):
        assert os.listdir(name)
serve()
