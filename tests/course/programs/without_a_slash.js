// A server of files that joins the directory and the name without a slash.
const fs = require("fs");
const http = require("http");

const directory = process.argv[process.argv.indexOf("--directory") + 1];

http
  .createServer((request, response) => {
    const place = directory + request.url.replace("/files/", "");
    if (request.method === "POST") {
      const file = fs.createWriteStream(place);
      request.pipe(file).on("finish", () => response.writeHead(201).end());
      return;
    }
    fs.readFile(place, (error, content) => {
      if (error) response.writeHead(404).end();
      else response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(content);
    });
  })
  .listen(4221);
