#!/bin/sh
# One pipe for each client. The service is not looked at: it is an echo.
exec socat TCP-LISTEN:4221,fork,reuseaddr PIPE
