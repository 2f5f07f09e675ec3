// The head comes back, with Node's net: it keeps all that has come, and closes only its own half.
"use strict";
const net = require("net");

const LIMIT = 65536;

net
  .createServer({ allowHalfOpen: true }, (socket) => {
    let data = Buffer.alloc(0);
    let answered = false;
    const answer = (status, body) => {
      answered = true;
      socket.write(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`);
      socket.end(body);
    };
    socket.on("error", () => {});
    socket.on("end", () => socket.end());
    socket.on("data", (piece) => {
      if (answered) return; // read on until the client closes
      data = Buffer.concat([data, piece]);
      const end = data.indexOf("\r\n\r\n");
      if (end >= 0 && end <= 2 * LIMIT && data.indexOf("\r\n") <= LIMIT) answer("200 OK", data.subarray(0, end + 4));
      else if (end >= 0 || data.length > LIMIT) answer("431 Request Header Fields Too Large", Buffer.alloc(0));
    });
  })
  .listen(4221, "127.0.0.1");
