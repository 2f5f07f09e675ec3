"""The whole body is decoded before it is split.

Caught by: forms/encoded_signs
"""

import sys
from urllib.parse import unquote_plus

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def plain(self, text):
        return text

    def text_of(self, body):
        return unquote_plus(super().text_of(body))


Broken.main()
