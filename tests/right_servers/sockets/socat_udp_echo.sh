#!/bin/sh
# One child for each datagram. The service is not looked at: it is an echo.
exec socat UDP4-RECVFROM:4221,fork PIPE
