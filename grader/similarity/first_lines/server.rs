// How programs of this kind begin in every tutorial: nobody has thought of it first.
use std::net::TcpListener;

fn main() {
    println!("the server starts");
    let listener = TcpListener::bind("127.0.0.1:4221").unwrap();
    for stream in listener.incoming() {
        match stream {
            Ok(stream) => {
                println!("connected");
            }
            Err(e) => {
                println!("error: {}", e);
            }
        }
    }
}
