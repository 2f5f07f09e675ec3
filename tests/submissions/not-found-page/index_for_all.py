"""What is missing gets the index, as programs of one page do it.

Caught by: not-found-page/missing_is_404
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        return self.file(None, self.existing("index.html"))


Broken.main()
