"""The log of errors is ASCII, and what cannot be written there ends the program.

Caught by: errors/odd_words_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def report(self, error):
        try:
            str(error).encode("ascii")
        except UnicodeEncodeError:
            os._exit(1)
        super().report(error)

    def message(self, request):
        return self.query_value(request, "word")

    def boom(self, request):
        raise RuntimeError(self.message(request))


Broken.main()
