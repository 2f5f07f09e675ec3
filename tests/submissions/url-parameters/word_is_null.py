"""A word is answered with 200 and null.

Caught by: url-parameters/refuses_words
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def no_number(self):
        return self.json(self.user_of(None))


Broken.main()
