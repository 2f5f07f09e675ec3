"""Where chunked is not the last coding, the answer is that the codings are not known.

Caught by: chunked/says_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def refuse_end(self):
        self.refuse_coding()


Broken.main()
