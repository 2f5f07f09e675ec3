# Reads until the client closes, which waits for its answer.
require 'socket'

def read_request(client)
  client.read # here
end

server = TCPServer.new('localhost', 4221)
loop do
  client = server.accept
  read_request(client)
  client.write "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
  client.close
end
