// Answers when the client closes its end, which it never does.
const net = require("node:net");

net.createServer({ allowHalfOpen: true }, (client) => {
  client.on("data", () => {});
  client.on("end", () => client.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
}).listen(4221, "127.0.0.1");
