// Answers a moment later and listens to no 'error' event: a client that resets ends it.
const net = require("node:net");

net.createServer((client) => {
  client.on("data", (bytes) => {
    const text = (bytes.toString().split(" ")[1] || "").slice(6);
    setTimeout(() => {
      client.end(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" +
          `Content-Length: ${text.length}\r\n\r\n${text}`,
      );
    }, 5);
  });
}).listen(4221, "127.0.0.1");
