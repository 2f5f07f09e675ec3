"""HEAD is answered like GET, with the body.

Caught by: ok/head_has_no_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def drop_body(self, response):
        pass


Broken.main()
