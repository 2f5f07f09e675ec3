"""A line that is no size is skipped: what follows it is waited for, until the client is hung up on.

Caught by: chunked/not_only_digits, chunked/nothing_is_smuggled, chunked/blank_behind_the_size, chunked/bare_line_feed, chunked/answers_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def limit(self, client):
        client.socket.settimeout(1.5)

    def read_size(self, client):
        line = super().read_size(client)
        try:
            self.chunk_size(line)
        except Refusal:
            return self.read_size(client)
        return line

    def give_up(self, client):
        pass


Broken.main()
