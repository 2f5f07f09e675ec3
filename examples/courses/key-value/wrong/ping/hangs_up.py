"""The server closes the connection once it has answered.

Caught by: ping/answers_again
"""

import socket
import threading

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


def serve(client):
    with client:
        data = b""
        while not data.endswith(b"\n"):
            if not (more := client.recv(4096)):
                return
            data += more
        for line in data.decode().splitlines():
            client.sendall(f"{answer_to(line)}\n".encode())


with socket.create_server(("127.0.0.1", 6379)) as listening:
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
