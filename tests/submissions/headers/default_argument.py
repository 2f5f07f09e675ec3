"""The dictionary of headers is the default value of an argument, which is one object for all calls.

Caught by: headers/nothing_leaks
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines, headers={}):  # noqa: B006
        for line in lines:
            name, value = self.parse_header(line)
            headers[name] = value
        return headers


Broken.main()
