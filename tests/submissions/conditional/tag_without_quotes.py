"""The ETag is not in quotes.

Caught by: conditional/tag_has_quotes
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def tag(self, file):
        return super().tag(file).strip('"')

    def tags(self, listed):
        return [tag.strip().removeprefix("W/").strip('"') for tag in listed.split(",")]


Broken.main()
