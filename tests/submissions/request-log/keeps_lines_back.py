"""The lines are kept in a buffer of 8 KiB.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    output = open(1, "w", buffering=8192, closefd=False, newline="\n")

    def log(self, line):
        self.output._CHUNK_SIZE = 8192
        self.output.write(line + "\n")


Broken.main()
