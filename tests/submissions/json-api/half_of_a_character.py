"""What needs two escapes in JSON is replaced.

Caught by: json-api/shows_every_script
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_escaped(self, text):
        return "".join(letter if letter < "\U00010000" else "?" for letter in super().message_escaped(text))


Broken.main()
