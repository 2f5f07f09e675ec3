"""The suffix is looked up with its dot, and the table has none.

Caught by: mime-types/types_css
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def suffix(self, path):
        return path.suffix


Broken.main()
