"""The page is encoded as latin-1, and says that it is UTF-8.

Caught by: json-api/shows_every_script
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def message_page(self, text):
        response = super().message_page(text)
        response.body = response.body.decode().encode("latin-1", "replace")
        return response


Broken.main()
