"""The hash is sent in base64.

Caught by: uploads/answers_the_file
"""

import base64
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def digest(self, content):
        return base64.b64encode(bytes.fromhex(super().digest(content))).decode()


Broken.main()
