"""A number of more than 64 bits ends the program.

Caught by: url-parameters/large_numbers_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def number(self, text):
        if text.isdigit() and len(text) > 300:
            os._exit(1)
        return super().number(text)


Broken.main()
