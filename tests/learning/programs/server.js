// A server as a beginner writes it with Node, right in all that the first four stages ask.
const net = require("node:net");

const PORT = 4221;

function respond(path, headers) {
  if (path === "/") return answer("200 OK");
  if (path.startsWith("/echo/")) return answer("200 OK", path.slice("/echo/".length));
  if (path === "/user-agent") return answer("200 OK", headers["user-agent"] || "");
  return answer("404 Not Found");
}

function answer(status, body) {
  const lines = [`HTTP/1.1 ${status}`];
  if (body !== undefined) lines.push("Content-Type: text/plain");
  lines.push(`Content-Length: ${Buffer.byteLength(body || "", "latin1")}`);
  return lines.join("\r\n") + "\r\n\r\n" + (body || "");
}

const server = net.createServer((socket) => {
  let data = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    data += chunk.toString("latin1");
    if (!data.includes("\r\n\r\n")) return;
    const lines = data.slice(0, data.indexOf("\r\n\r\n")).split("\r\n");
    const [method, path] = lines[0].split(" ");
    const headers = {};
    for (const line of lines.slice(1)) {
      const colon = line.indexOf(":");
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    socket.write(respond(path, headers), "latin1");
    socket.end();
  });
});

server.listen(PORT, "localhost");
