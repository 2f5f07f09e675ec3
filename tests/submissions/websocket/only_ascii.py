"""What is not ASCII becomes a question mark.

Caught by: websocket/any_letters
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def encode_text(self, text):
        return text.encode("ascii", "replace")


Broken.main()
