"""A size that is no number is taken for the end of the body.

Caught by: chunked/not_only_digits, chunked/longer_than_its_size, chunked/nothing_is_smuggled, chunked/answers_400, chunked/line_end_behind_a_chunk, chunked/bare_line_feed, chunked/blank_behind_the_size
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        try:
            return super().chunk_size(line)
        except Refusal:
            return 0

    def end_chunk(self, client):
        self.read_line(client)


Broken.main()
