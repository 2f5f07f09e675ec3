"""A right server for the services of the sockets track, as a good learner writes it: blocking sockets, one thread a
connection, one loop for all datagrams.

The broken submissions are this server with one method replaced. It does what its argument names.

Passes: sockets
"""

import socket
import sys
import threading
import traceback

import document_server
import mirror_server

PORT = 4221
LONGEST = 65535


class SocketServer:
    pong = b"pong\n"

    @classmethod
    def main(cls):
        server = cls()
        services = {"ping-pong": server.serve_tcp, "echo": server.serve_tcp, "udp-echo": server.serve_udp}
        services |= {"document": document_server.Server.main, "mirror": mirror_server.Server.main}
        services[sys.argv[1]]()

    def talk(self, client):
        {"ping-pong": self.ping_pong, "echo": self.echo}[sys.argv[1]](client)

    # --- TCP -----------------------------------------------------------------------------------------------

    def serve_tcp(self):
        with self.listen() as listener:
            while True:
                client = self.accept(listener)
                self.start(client)

    def listen(self):
        return socket.create_server(("127.0.0.1", PORT))

    def accept(self, listener):
        client, _ = listener.accept()
        return client

    def start(self, client):
        threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client:
            try:
                self.talk(client)
            except OSError:
                pass  # the client has reset the connection, or has left before its answer
            except Exception as error:
                self.failed(error)

    def failed(self, error):
        traceback.print_exception(error)

    def receive(self, client):
        return client.recv(65536)

    def send(self, client, data):
        client.sendall(data)

    # --- ping-pong -----------------------------------------------------------------------------------------

    def ping_pong(self, client):
        message = self.message(client)
        if message:
            self.send(client, self.answer(message))
            self.finish(client)

    def message(self, client):
        """What the client says first; empty when it leaves without a word."""
        return self.receive(client)

    def answer(self, message):
        return self.pong

    def finish(self, client):
        """Close our half, and read until the client has closed its own: unread bytes would make a reset of it."""
        client.shutdown(socket.SHUT_WR)
        while self.receive(client):
            pass

    # --- echo ----------------------------------------------------------------------------------------------

    def echo(self, client):
        while data := self.receive(client):
            self.send(client, self.echoed(data))

    def echoed(self, data):
        return data

    # --- UDP -----------------------------------------------------------------------------------------------

    def serve_udp(self):
        with self.bind() as endpoint:
            while True:
                self.serve_datagram(endpoint)

    def bind(self):
        endpoint = socket.socket(type=socket.SOCK_DGRAM)
        endpoint.bind(("127.0.0.1", PORT))
        return endpoint

    def serve_datagram(self, endpoint):
        data, client = endpoint.recvfrom(LONGEST)
        self.send_datagram(endpoint, self.echoed(data), client)

    def send_datagram(self, endpoint, data, client):
        endpoint.sendto(data, client)


if __name__ == "__main__":
    SocketServer.main()
