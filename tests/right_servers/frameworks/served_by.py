"""Runs a server's own command line (`served_by.py uvicorn ...`); the --directory DIR behind it becomes a variable."""

import os
import runpy
import sys

if __name__ == "__main__":
    if "--directory" in sys.argv:
        at = sys.argv.index("--directory")
        os.environ["DIRECTORY"] = sys.argv[at + 1]
        del sys.argv[at : at + 2]
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
