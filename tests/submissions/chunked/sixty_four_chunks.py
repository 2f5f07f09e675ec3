"""There is room for 64 chunks, and the others are left out.

Caught by: chunked/many_chunks
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        chunks = []
        while size := self.chunk_size(self.read_size(client)):
            chunks.append(self.take(client, size))
            self.end_chunk(client)
        self.read_trailers(client)
        return b"".join(chunks[:64])


Broken.main()
