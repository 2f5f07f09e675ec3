"""Last-Modified is in the time of the place, and says that it is in GMT.

Caught by: conditional/date_is_the_files
"""

import sys
import time

sys.path[0] += "/.."
from versioned_server import DATE, VersionedServer


class Broken(VersionedServer):
    def date(self, file):
        return time.strftime(DATE, time.gmtime(file.st_mtime + 3600))


Broken.main()
