// Throws when the first bytes come.
const net = require("node:net");

net.createServer((client) => {
  client.on("data", (bytes) => {
    client.end(bytes.toString().split("\r\n")[99].trim()); // here
  });
}).listen(4221, "127.0.0.1");
