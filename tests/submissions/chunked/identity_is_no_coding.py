"""The coding identity, which older RFCs had, is left out of the list.

Caught by: chunked/chunked_is_not_last
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_codings(self, codings):
        super().check_codings([coding for coding in codings if coding != "identity"] or ["chunked"])

    def read_head(self, client):
        if client.buffer and not self.receive(client):  # what is left over is looked at when more has come
            return None
        return super().read_head(client)


Broken.main()
