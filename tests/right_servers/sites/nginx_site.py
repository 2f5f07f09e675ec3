"""A site served by nginx as Debian packages it, with the line for clean URLs that its users write: --static DIR."""

import os
import sys
from pathlib import Path

CONFIGURATION = """
daemon off;
pid {scratch}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{}}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {scratch}/body;
    proxy_temp_path {scratch}/proxy;
    fastcgi_temp_path {scratch}/fastcgi;
    uwsgi_temp_path {scratch}/uwsgi;
    scgi_temp_path {scratch}/scgi;
    server {{
        listen 127.0.0.1:4221;
        root {site};
        error_page 404 /404.html;
        location / {{ try_files $uri $uri.html $uri/ =404; }}
    }}
}}
"""

scratch = Path(os.environ.get("TMPDIR", "/tmp")) / "nginx"
scratch.mkdir(exist_ok=True)
file = scratch / "nginx.conf"
file.write_text(CONFIGURATION.format(scratch=scratch, site=sys.argv[sys.argv.index("--static") + 1]))
os.execv("/usr/sbin/nginx", ["nginx", "-c", str(file), "-e", "stderr"])
