"""The message is written to a log in ASCII, and what this raises is not caught.

Caught by: errors/odd_words_get_500
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boom(self, request):
        raise RuntimeError(self.message(request))

    def report(self, error):
        str(error).encode("ascii")
        super().report(error)


Broken.main()
