"""The message is answered as JSON.

Caught by: json-api/shows_the_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_page(self, text):
        return self.json({"message": text})


Broken.main()
