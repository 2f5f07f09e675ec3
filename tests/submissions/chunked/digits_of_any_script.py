"""A size may be written in the digits of any script.

Caught by: chunked/not_only_digits
"""

import re
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def chunk_size(self, line):
        self.check_extension(line)
        size = line.partition(b";")[0].decode(errors="replace")
        if not re.fullmatch(r"[\dA-Fa-f]+", size):
            raise Refusal(400)
        return int(size, 16)


Broken.main()
