// A server that listens and accepts clients. It does not answer yet: that is your part.
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

class Server {
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket listening = new ServerSocket(4221, 128, InetAddress.getByName("127.0.0.1"))) {
            while (true) {
                listening.accept().close();
            }
        }
    }
}
