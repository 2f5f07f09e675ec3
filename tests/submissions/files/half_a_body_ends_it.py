"""A client that leaves before its body is complete raises an error that ends the program.

Caught by: files/cut_off_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body is None:
            print("expected more of the body")
            os._exit(1)
        return body


Broken.main()
