"""There is no ETag, and the date of the client is compared with a number as text.

Caught by: conditional/date_gets_304
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def validators(self, file):
        return {"Last-Modified": self.date(file)}

    def date_matches(self, since, modified):
        return since == str(self.seconds(modified))


Broken.main()
