"""What comes together with a line is thrown away.

Caught by: ping/together
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
        while more := client.recv(4096):
            data += more
            if b"\n" in data:
                line, _, _ = data.partition(b"\n")
                client.sendall(f"{answer_to(line.decode())}\n".encode())
                data = b""


with socket.create_server(("127.0.0.1", 6379)) as listening:
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
