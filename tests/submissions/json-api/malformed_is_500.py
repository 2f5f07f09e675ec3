"""JSON that is malformed is answered with 500.

Caught by: json-api/malformed
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def load_json(self, body):
        try:
            return super().load_json(body)
        except RecursionError:
            return self.too_deep()
        except ValueError as error:
            raise ArithmeticError("not JSON") from error


Broken.main()
