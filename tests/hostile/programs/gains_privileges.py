"""Tries to be root, to have a capability, to get one back by exec, and to make a device."""

import os
import subprocess
from pathlib import Path

from attempt import serve, trying

def status(process: str = "self") -> dict[str, str]:
    lines = Path("/proc", process, "status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


with trying("a capability"):
    assert any(int(status()[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Amb"))
with trying("new privileges"):
    assert status()["NoNewPrivs"] != "1"
with trying("capabilities by exec"):
    said = subprocess.run(["/bin/sh", "-c", "grep CapEff /proc/self/status"], capture_output=True, text=True).stdout
    assert int(said.split()[1], 16)
if os.getuid() != 0:
    with trying("to become root"):
        os.setuid(0)
with trying("a device"):
    os.mknod("device", 0o60600, os.makedev(8, 0))
serve()
