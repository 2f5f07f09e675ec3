"""The values of fields are decoded as latin-1.

Caught by: uploads/fields_and_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        return body.decode("latin-1")


Broken.main()
