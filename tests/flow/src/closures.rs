//! Closures: captures, arguments, results, boxed, returned, stored in a field.

use secrecy::{ExposeSecret, SecretString};

pub fn leak_captured(s: &SecretString) {
    let value = s.expose_secret().to_owned();
    let show = move || println!("{value}"); // id=captured //~ LEAK secret_in_log
    show(); // alt=captured //~ ANY
}

pub fn leak_argument(s: &SecretString) {
    let show = |text: &str| println!("{text}"); // id=argument //~ LEAK secret_in_log
    show("public");
    show(s.expose_secret()); // alt=argument //~ ANY
}

pub fn leak_result(s: &SecretString) {
    let header = || format!("Bearer {}", s.expose_secret());
    log::info!("{}", header()); //~ LEAK secret_in_log
}

fn with<R>(s: &SecretString, use_it: impl FnOnce(&str) -> R) -> R {
    use_it(s.expose_secret())
}

pub fn leak_callback(s: &SecretString) {
    with(s, |text| println!("{text}")); //~ LEAK secret_in_log
    let text = with(s, str::to_owned);
    println!("{text}"); //~ LEAK secret_in_log
    println!("{}", with(s, str::len)); //~ OK
}

fn printer() -> Box<dyn Fn(&str)> {
    Box::new(|text| eprintln!("{text}")) // id=boxed //~ LEAK secret_in_log
}

pub fn leak_boxed(s: &SecretString) {
    printer()(s.expose_secret()); // alt=boxed //~ ANY
}

struct Hooks<'a> {
    on_error: Box<dyn Fn(&str) + 'a>,
}

pub fn leak_hook(s: &SecretString) {
    let hooks = Hooks { on_error: Box::new(|reason| eprintln!("{reason}: {}", s.expose_secret())) }; //~ LEAK secret_in_log
    (hooks.on_error)("refused");
}

pub fn leak_function_pointer(s: &SecretString) {
    fn show(text: &str) {
        println!("{text}"); // id=pointer //~ LEAK secret_in_log
    }
    let run: fn(&str) = show;
    run(s.expose_secret()); // alt=pointer //~ ANY
}

pub fn ok_captured(s: &SecretString) -> bool {
    let value = s.expose_secret().to_owned();
    let check = move |other: &str| value == other;
    println!("{}", check("x")); //~ OK
    check("y")
}

pub fn ok_callback(s: &SecretString) {
    let length = with(s, |text| text.len()); //~ OK
    println!("{length}"); //~ OK
    with(s, |_| println!("opened")); //~ OK
    let count = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    println!("{}", count(s.expose_secret())); //~ OK
}
