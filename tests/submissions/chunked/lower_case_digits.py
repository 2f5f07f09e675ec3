"""Of the hexadecimal digits only the lower-case ones are known.

Caught by: chunked/size_is_a_number
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        if line.lower() != line:
            raise Refusal(400)
        return super().chunk_size(line)


Broken.main()
