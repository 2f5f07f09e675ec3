"""Every path is answered 200, without a look at the request.

Caught by: paths/unknown_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def not_found(self):
        return self.root(None)


Broken.main()
