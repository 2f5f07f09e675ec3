"""The digits at the beginning are the number, as for parseInt.

Caught by: url-parameters/refuses_words
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        return super().number(re.match("[0-9]*", text)[0])


Broken.main()
