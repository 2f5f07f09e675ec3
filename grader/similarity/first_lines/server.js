// How programs of this kind begin in every tutorial: nobody has thought of it first.
const net = require("net");

console.log("the server starts");
const server = net.createServer((socket) => {
  socket.on("close", () => {
    socket.end();
  });
});
server.listen(4221, "localhost");
