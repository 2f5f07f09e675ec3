"""The method is not looked at: POST is answered like GET.

Caught by: files/stores_a_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def store_file(self, request, name):
        return self.serve_file(request, name)


Broken.main()
