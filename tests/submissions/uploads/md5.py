"""The hash is MD5.

Caught by: uploads/answers_the_file
"""

import hashlib
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def digest(self, content):
        return hashlib.md5(content).hexdigest()


Broken.main()
