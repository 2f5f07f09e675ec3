"""The message of the exception is sent in a header, for the developers.

Caught by: errors/keeps_the_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        response = super().error_page(error)
        response.headers["X-Error"] = "".join(sign for sign in str(error) if " " <= sign <= "~")
        return response


Broken.main()
