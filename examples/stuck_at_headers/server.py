"""A server on its way through the course: it has come as far as *headers*, and is stuck there."""

import socket


def respond(request):
    lines = request.decode("latin-1").split("\r\n")
    path = lines[0].split(" ")[1]
    headers = {}
    for line in lines[1:]:
        if ": " in line:
            name, value = line.split(": ", 1)
            headers[name] = value

    if path == "/":
        return text("")
    if path.startswith("/echo/"):
        return text(path.removeprefix("/echo/"))
    if path == "/user-agent":
        return text(headers.get("User-Agent", ""))  # the mistake: curl says User-Agent, other clients user-agent
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def text(body):
    content = body.encode("latin-1")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def main():
    with socket.create_server(("localhost", 4221)) as server:
        print("listening on port 4221")
        while True:
            connection, _ = server.accept()
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    data = connection.recv(4096)
                    if not data:
                        break
                    request += data
                else:
                    connection.sendall(respond(request))


if __name__ == "__main__":
    main()
