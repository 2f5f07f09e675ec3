"""The file's time is compared with its fraction of a second, so it is later than its own Last-Modified.

Caught by: conditional/date_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def validators(self, file):
        self.modified = file.st_mtime
        return {"Last-Modified": self.date(file)}

    def current(self, response):
        return (response.headers["Last-Modified"],)

    def is_old(self, modified, since):
        return self.modified <= since


Broken.main()
