"""The message of the exception is the reason phrase, as http.server's send_error writes it.

Caught by: errors/keeps_the_message
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        response = super().error_page(error)
        response.reason = "".join(sign for sign in str(error) if " " <= sign <= "~")
        return response

    def to_bytes(self, response):
        data = super().to_bytes(response)
        if not hasattr(response, "reason"):
            return data
        return b"HTTP/1.1 500 " + response.reason.encode() + b"\r\n" + data.partition(b"\r\n")[2]


Broken.main()
