"""A query may be as long as a name.

Caught by: limits/long_line_is_served
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_form(self, method, target):
        if len(target.partition("?")[2]) > 255:
            raise Refusal(414)
        super().check_form(method, target)


Broken.main()
