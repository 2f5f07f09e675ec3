"""A site served by `python -m http.server`: --static DIR."""

import os
import sys

directory = sys.argv[sys.argv.index("--static") + 1]
os.execv(sys.executable, [sys.executable, "-m", "http.server", "-b", "127.0.0.1", "-d", directory, "4221"])
