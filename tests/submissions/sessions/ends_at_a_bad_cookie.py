"""A cookie without = raises in what ends the program.

Caught by: sessions/odd_cookies_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def cookie(self, pair):
        if pair and "=" not in pair:
            os._exit(1)
        return super().cookie(pair)


Broken.main()
