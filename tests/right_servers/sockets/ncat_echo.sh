#!/bin/sh
# One cat for each client. The service is not looked at: it is an echo.
exec ncat -l -k -e /bin/cat 127.0.0.1 4221
