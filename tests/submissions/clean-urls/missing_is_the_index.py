"""Every missing path is answered with the index, as programs of one page do it.

Caught by: clean-urls/missing_is_404
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        index = self.existing("index.html")
        return super().not_found() if index is None else self.file(None, index)


Broken.main()
