// A site served by serve-static of Express, with its option for clean URLs: --static DIR.
const express = require("express");

const application = express();
application.use(express.static(process.argv[process.argv.indexOf("--static") + 1], { extensions: ["html"] }));
application.listen(4221, "127.0.0.1");
