"""The whole body is taken for the file.

Caught by: uploads/answers_the_file
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def between(self, boundary, body):
        return [b'\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n\r\n' + body]


Broken.main()
