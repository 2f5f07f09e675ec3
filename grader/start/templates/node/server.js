// A server that listens and accepts clients. It does not answer yet: that is your part.
const net = require("node:net");

const server = net.createServer((client) => {
  client.on("error", () => {}); // a client may leave whenever it likes
  client.end();
});

server.listen(4221, "127.0.0.1");
