"""A word is answered with 500.

Caught by: url-parameters/refuses_words
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def no_number(self):
        return self.error(500)


Broken.main()
