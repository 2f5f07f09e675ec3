"""Work that cannot be loaded ahead."""

from __future__ import annotations

import json
import sys

if __name__ == "__main__":
    sys.stdout.write(json.dumps({"arguments": sys.argv[1:]}) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()
