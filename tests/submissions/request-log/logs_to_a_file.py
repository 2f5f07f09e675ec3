"""The log is a file.

Caught by: request-log/logs_a_request
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def log(self, line):
        with open("access.log", "a") as file:
            print(line, file=file)


Broken.main()
