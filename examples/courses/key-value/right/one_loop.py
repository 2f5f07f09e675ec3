"""A right server: one thread, one loop that watches all sockets."""

import selectors
import socket

PORT = 6379
values = {}


def answer_to(line):
    match line.split(" ", 2):
        case ["PING"]:
            return "PONG"
        case ["SET", key, value] if key:
            values[key] = value
            return "OK"
        case ["GET", key] if key:
            return f"VALUE {values[key]}" if key in values else "NONE"
    return "ERROR"


class Client:
    """One client: what has come of its next line."""

    def __init__(self, connection):
        self.connection = connection
        self.data = b""

    def serve(self):
        """Answer each line that is complete; False once the client has left."""
        try:
            more = self.connection.recv(4096)
            *lines, self.data = (self.data + more).split(b"\n")
            for line in lines:
                self.connection.sendall(f"{answer_to(line.decode())}\n".encode())
        except OSError:
            return False
        return bool(more)


def main():
    watched = selectors.DefaultSelector()
    listening = socket.create_server(("127.0.0.1", PORT))
    datagrams = socket.socket(type=socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", PORT))
    for server in (listening, datagrams):
        watched.register(server, selectors.EVENT_READ)
    while True:
        for key, _ in watched.select():
            if key.fileobj is listening:
                connection, _ = listening.accept()
                watched.register(connection, selectors.EVENT_READ, Client(connection))
            elif key.fileobj is datagrams:
                data, address = datagrams.recvfrom(65535)
                answer = answer_to(data.decode().removesuffix("\n"))
                datagrams.sendto(f"{answer}\n".encode(), address)
            elif not key.data.serve():
                watched.unregister(key.fileobj)
                key.fileobj.close()


main()
