"""The header is found only when it is spelled X-Request-ID.

Caught by: middleware/any_case
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        other = name == "x-request-id" and not line.startswith("X-Request-ID:")
        return ("x-other" if other else name), value


Broken.main()
