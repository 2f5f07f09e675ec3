"""One loop watches all clients, but waits for the end of a line that has begun.

Caught by: many-clients/half_a_line
"""

import selectors
import socket

values = {}


def answer_to(line):
    command, _, rest = line.partition(" ")
    key, _, value = rest.partition(" ")
    if command == "PING":
        return "PONG"
    if command == "SET":
        values[key] = value
        return "OK"
    if command == "GET":
        return f"VALUE {values[key]}" if key in values else "NONE"
    return "ERROR"


def serve_line(client):
    """Answer the next line; False when the client has left."""
    data = b""
    try:
        while not data.endswith(b"\n"):
            if not (byte := client.recv(1)):
                return False
            data += byte
        client.sendall(f"{answer_to(data.decode()[:-1])}\n".encode())
    except ConnectionError:
        return False
    return True


with socket.create_server(("127.0.0.1", 6379)) as listening, selectors.DefaultSelector() as clients:
    clients.register(listening, selectors.EVENT_READ)
    while True:
        for key, _ in clients.select():
            if key.fileobj is listening:
                clients.register(listening.accept()[0], selectors.EVENT_READ)
            elif not serve_line(key.fileobj):
                clients.unregister(key.fileobj)
                key.fileobj.close()
