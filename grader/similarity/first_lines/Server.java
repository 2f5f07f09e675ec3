// How programs of this kind begin in every tutorial: nobody has thought of it first.
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {
    public static void main(String[] arguments) {
        System.out.println("the server starts");
        try {
            ServerSocket listener = new ServerSocket(4221);
            listener.setReuseAddress(true);
            Socket client = listener.accept();
            System.out.println("connected");
        } catch (IOException e) {
            System.out.println("error: " + e.getMessage());
        }
    }

    static void closing() {
        ServerSocket listener = null;
        Socket client = null;
        int port = 4221;
        try {
            listener = new ServerSocket(port);
            listener.setReuseAddress(true);
            client = listener.accept();
            System.out.println("connected");
        } catch (IOException e) {
            System.out.println("error: " + e.getMessage());
        } finally {
            try {
                if (client != null) {
                    client.close();
                }
            } catch (IOException e) {
                System.out.println("error: " + e.getMessage());
            }
        }
    }
}
