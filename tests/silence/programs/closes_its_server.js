// Closes the listening socket as soon as a client has left.
const net = require("node:net");

const server = net.createServer((client) => {
  client.on("data", () => {
    client.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  client.on("close", () => {
    server.close();
  });
});
server.listen(4221, "127.0.0.1");
