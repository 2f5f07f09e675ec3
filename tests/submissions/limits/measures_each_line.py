"""Each header line has a limit, and all of them together have a far larger one.

Caught by: limits/many_headers
"""

import sys

sys.path[0] += "/.."
from hardened_server import FIELDS_LIMIT, HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        if max(map(len, fields.split(b"\r\n"))) > FIELDS_LIMIT or len(fields) > 1 << 20:
            raise Refusal(431)


Broken.main()
