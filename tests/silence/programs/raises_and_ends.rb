# Takes a part of the path that is not there.
require 'socket'

def answer(path)
  path.split('/')[2].length # here
end

server = TCPServer.new('localhost', 4221)
loop do
  client = server.accept
  client.write "HTTP/1.1 200 OK\r\nContent-Length: #{answer(client.gets.split[1])}\r\n\r\n"
  client.close
end
