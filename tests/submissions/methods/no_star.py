"""The target * is refused: it does not begin with a slash.

Caught by: methods/options_of_the_server
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_form(self, method, target):
        if target == "*":
            raise Refusal(400)
        super().check_form(method, target)


Broken.main()
