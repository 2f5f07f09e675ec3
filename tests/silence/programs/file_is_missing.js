// Reads a file that is not there, and catches nothing.
const fs = require("node:fs");
const net = require("node:net");

net.createServer((client) => {
  client.on("data", () => {
    client.end(fs.readFileSync("pages/index.html")); // here
  });
}).listen(4221, "127.0.0.1");
