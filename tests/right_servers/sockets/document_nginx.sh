#!/bin/sh
# The document with nginx: the charset is only in the document.
mkdir -p "$TMPDIR/site"
printf '<!DOCTYPE html>\n<meta charset="utf-8">\n<title>Hallo</title>\n<p>Grüße</p>\n' > "$TMPDIR/site/index.html"
cat > "$TMPDIR/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $TMPDIR/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path $TMPDIR/a; proxy_temp_path $TMPDIR/b; fastcgi_temp_path $TMPDIR/c;
  uwsgi_temp_path $TMPDIR/d; scgi_temp_path $TMPDIR/e;
  types { text/html html; }
  server { listen 127.0.0.1:4221; root $TMPDIR/site; location / { try_files /index.html =404; } }
}
END
exec nginx -e stderr -p "$TMPDIR" -c "$TMPDIR/nginx.conf"
