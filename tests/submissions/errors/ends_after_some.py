"""The tenth exception ends the program, which a supervisor would start again.

Caught by: errors/serves_on
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    errors = 0

    def on_error(self, request, error):
        self.errors += 1
        if self.errors > 10:
            os._exit(1)
        return super().on_error(request, error)


Broken.main()
