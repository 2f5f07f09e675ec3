"""Lines are read by readline(512), which returns a longer line in two parts, and the second part has no colon.

Caught by: headers/browser_sized_head, headers/any_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines):
        return super().parse_headers(line[start : start + 512] for line in lines for start in range(0, len(line), 512))


Broken.main()
