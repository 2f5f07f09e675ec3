"""GET waits until somebody sets the key.

Caught by: set-get/nothing_there
"""

import socket
import threading

values = {}
changed = threading.Condition()


def answer_to(line):
    command, _, rest = line.partition(" ")
    key, _, value = rest.partition(" ")
    if command == "PING":
        return "PONG"
    if command == "SET":
        with changed:
            values[key] = value
            changed.notify_all()
        return "OK"
    if command == "GET":
        with changed:
            while key not in values:
                changed.wait()
            return f"VALUE {values[key]}"
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
