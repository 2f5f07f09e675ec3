"""When the size of a chunk is none, the connection is closed without an answer.

Caught by: chunked/answers_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        try:
            return super().chunk_size(line)
        except Refusal as refusal:
            raise OSError("that is no size") from refusal


Broken.main()
