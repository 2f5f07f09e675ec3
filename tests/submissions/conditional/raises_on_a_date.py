"""A date that cannot be read raises an error, which ends the connection.

Caught by: conditional/unreadable_is_ignored
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def seconds(self, text):
        found = super().seconds(text)
        if found is None and text:
            raise ValueError(f"time data {text!r} does not match format")
        return found


Broken.main()
