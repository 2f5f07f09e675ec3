"""A body has chunks when the word occurs anywhere in the list.

Caught by: chunked/chunked_is_not_last, chunked/unknown_coding
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_codings(self, codings):
        if not any("chunked" in coding for coding in codings):
            self.refuse_end()

    def read_head(self, client):
        if client.buffer and not self.receive(client):  # what is left over is looked at when more has come
            return None
        return super().read_head(client)


Broken.main()
