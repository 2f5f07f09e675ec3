// Reads the bytes of a connection in base64, one a line; answers with the error of Node's parser, llhttp, or an empty line.
// What breaks off in the middle of a request is no error.

"use strict";
const http = require("http");
const readline = require("readline");
const { Duplex } = require("stream");

function judged(data) {
  return new Promise((resolve) => {
    let complaint = "";
    const server = http.createServer({ maxHeaderSize: 1 << 20, requireHostHeader: false }, (request, response) => {
      request.resume().on("end", () => response.end());
    });
    server.on("clientError", (error, socket) => {
      complaint = error.code;
      socket.destroy();
    });
    const socket = new Duplex({ read() {}, write: (chunk, encoding, done) => done() });
    socket.on("close", () => resolve(complaint === "HPE_INVALID_EOF_STATE" ? "" : complaint));
    server.emit("connection", socket);
    socket.push(data);
    socket.push(null);
  });
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await judged(Buffer.from(line, "base64")));
  }
}

main();
