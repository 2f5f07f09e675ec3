"""The last chunk is known by its text: one zero, and nothing else.

Caught by: chunked/size_is_a_number
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        if line.startswith(b"00") and not line.strip(b"0"):
            raise Refusal(400)
        return super().chunk_size(line)


Broken.main()
