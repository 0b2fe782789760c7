use secret_core::Redact;

#[derive(Redact)]
struct Page<T> {
    item: T,
}

fn main() {
    let page = Page {
        item: String::from("text"),
    };
    println!("{page:?}");
}
