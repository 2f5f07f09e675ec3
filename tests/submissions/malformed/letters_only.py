"""A header's name may have letters and hyphens only.

Caught by: malformed/unusual_but_legal
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_field_name(self, name):
        if not name.replace("-", "").isalpha():
            raise Refusal(400)


Broken.main()
