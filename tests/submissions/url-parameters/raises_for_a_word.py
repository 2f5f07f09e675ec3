"""A word raises, and the connection is closed without an answer.

Caught by: url-parameters/refuses_words
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        return super().number(str(int(text)))


Broken.main()
