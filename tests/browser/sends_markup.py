"""A submission that sends markup, controls and text direction overrides wherever a server can put bytes."""

import socket

NASTY = (
    b'<script>document.title="pwned"; window.pwned = 1; fetch("http://127.0.0.1:9/fetched")</script>'
    b'"><img src="http://127.0.0.1:9/image" onerror="window.pwned = 1">\'><svg onload="window.pwned = 1">'
    b'</pre></style></title><style>* { display: none }</style><meta http-equiv="refresh" content="0; url=http://a.example">'
    b"]]><!-- {{ 7 * 7 }} {% raw %} &lt; \x1b[2J\x9b \xe2\x80\xae desrever"
)

print(NASTY.decode("latin-1"), flush=True)
print("\u202e desrever", flush=True)
with socket.create_server(("127.0.0.1", 4221), backlog=64) as listener:
    answered = 0
    while True:
        client, _ = listener.accept()
        client.settimeout(1)
        with client:
            try:
                client.recv(65536)
                answered += 1
                head = b"HTTP/1.1 404 " + NASTY + b"\r\nContent-Type: " + NASTY + b"\r\n"
                body = NASTY * (1 if answered % 3 else 5000)
                client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            except OSError:
                print(NASTY.decode("latin-1"), flush=True)
