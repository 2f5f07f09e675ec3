"""Runs the command line as `python -m grader` does, and notes the most memory its process held, in
KiB.

What would take all of the machine's memory is stopped long before.
"""

import re
import resource
import sys
from pathlib import Path

from grader.__main__ import main

if __name__ == "__main__":
    noted = Path(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_DATA, (2 << 30, 2 << 30))
    try:
        main()
    finally:
        status = Path("/proc/self/status").read_text()
        noted.write_text(re.findall(r"VmHWM:\s+(\d+)", status)[0])
