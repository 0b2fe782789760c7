use secret_core::Secret;

fn main() {
    let _ = Secret::new(Box::new(std::net::Ipv4Addr::LOCALHOST));
}
