"""The header is taken from the third line of the request, where curl puts it.

Caught by: headers/any_position, headers/browser_sized_head, headers/decoys, headers/long_head, headers/each_its_own, headers/ordinary_headers
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines):
        headers = super().parse_headers(lines)
        return {**headers, "user-agent": self.parse_header(lines[1])[1]} if len(lines) > 1 else headers


Broken.main()
