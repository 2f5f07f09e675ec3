"""Nothing in the answer says which version of the file it is.

Caught by: conditional/sends_a_validator
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def validators(self, file):
        return {}


Broken.main()
