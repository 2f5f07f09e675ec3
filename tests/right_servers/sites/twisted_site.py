"""A site served by File of Twisted: --static DIR."""

import sys

from twisted.internet import reactor
from twisted.web.server import Site
from twisted.web.static import File

reactor.listenTCP(4221, Site(File(sys.argv[sys.argv.index("--static") + 1])), interface="127.0.0.1")
reactor.run()
