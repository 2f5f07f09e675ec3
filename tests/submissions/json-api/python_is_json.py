"""What Python can read is taken for JSON.

Caught by: json-api/malformed
"""

import ast
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def load_json(self, body):
        try:
            return super().load_json(body)
        except ValueError:
            return ast.literal_eval(body.decode("utf-8", "replace").strip())


Broken.main()
