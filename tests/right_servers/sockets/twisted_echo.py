"""Twisted's own examples of an echo over TCP and over UDP, in one program."""

import sys

from twisted.internet import protocol, reactor


class Echo(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


class EchoUDP(protocol.DatagramProtocol):
    def datagramReceived(self, datagram, address):
        self.transport.write(datagram, address)


if sys.argv[1] == "echo":
    reactor.listenTCP(4221, protocol.Factory.forProtocol(Echo))
else:
    reactor.listenUDP(4221, EchoUDP())
reactor.run()
