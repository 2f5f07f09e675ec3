// A server that listens and accepts clients. It does not answer yet: that is your part.
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let listening = TcpListener::bind("127.0.0.1:4221")?;
    for client in listening.incoming() {
        drop(client); // closes the connection
    }
    Ok(())
}
