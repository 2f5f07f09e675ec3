"""All digits of the segment are the number.

Caught by: url-parameters/refuses_words
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        return super().number("".join(filter(str.isdigit, text)))


Broken.main()
