"""GET answers the value alone, without the word VALUE.

Caught by: set-get/comes_back
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
        return values[key] if key in values else "NONE"
    return "ERROR"


def serve(client):
    with client, client.makefile("rb") as lines:
        for line in lines:
            answer = answer_to(line.decode().removesuffix("\n"))
            client.sendall(f"{answer}\n".encode())


with socket.create_server(("127.0.0.1", 6379)) as listening:
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
