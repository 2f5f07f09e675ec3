"""Large files are read in blocks, and the last one, which is not full, is forgotten.

Caught by: files/serves_large
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        content = super().load(path)
        return content[: len(content) // 65536 * 65536] or content


Broken.main()
