"""SET answers OK and stores nothing.

Caught by: datagrams/comes_back
"""

import socket

values = {}


def answer_to(line):
    command, _, rest = line.partition(" ")
    key, _, value = rest.partition(" ")
    if command == "PING":
        return "PONG"
    if command == "SET":
        return "OK"
    if command == "GET":
        return f"VALUE {values[key]}" if key in values else "NONE"
    return "ERROR"


with socket.socket(type=socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 6379))
    while True:
        data, address = server.recvfrom(65535)
        server.sendto(f"{answer_to(data.decode().removesuffix(chr(10)))}\n".encode(), address)
