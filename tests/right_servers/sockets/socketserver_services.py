"""The services as the documentation of socketserver shows them: a handler for each."""

import socketserver
import sys


class PingPong(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.readline():
            self.wfile.write(b"pong\n")


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while data := self.request.recv(1024):
            self.request.sendall(data)


class EchoUDP(socketserver.BaseRequestHandler):
    def handle(self):
        data, endpoint = self.request
        endpoint.sendto(data, self.client_address)


class ThreadingServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


address = ("127.0.0.1", 4221)
services = {"ping-pong": (ThreadingServer, PingPong), "echo": (ThreadingServer, Echo)}
services["udp-echo"] = (socketserver.UDPServer, EchoUDP)
server, handler = services[sys.argv[1]]
with server(address, handler) as serving:
    serving.serve_forever()
