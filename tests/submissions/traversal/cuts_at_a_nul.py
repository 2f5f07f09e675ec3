"""What follows a NUL in the path is cut off, as C does it, and nobody looks at the rest again.

Caught by: traversal/nul_stays_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        decoded, nul, _ = unquote(name).partition("\0")
        return self.directory / decoded if nul and decoded else super().place(name)


Broken.main()
