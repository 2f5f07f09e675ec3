"""The plus sign stays as it is.

Caught by: forms/plus_is_a_space
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return unquote(text)


Broken.main()
