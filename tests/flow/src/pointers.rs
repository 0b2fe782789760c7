//! Box, Rc, RefCell, Cell, Cow, Option<Box>, Weak, raw pointers, transmuted lifetimes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use secrecy::{ExposeSecret, SecretString};

pub fn leak_owned(s: &SecretString) {
    let boxed: Box<str> = s.expose_secret().into();
    println!("{boxed}"); //~ LEAK secret_in_log
    let counted: Rc<str> = Rc::from(s.expose_secret());
    let other = Rc::clone(&counted);
    println!("{other}"); //~ LEAK secret_in_log
    println!("{}", Rc::strong_count(&counted)); //~ OK
}

pub fn leak_cells(s: &SecretString) {
    let cell = RefCell::new(String::new());
    cell.borrow_mut().push_str(s.expose_secret());
    println!("{}", cell.borrow()); //~ LEAK secret_in_log
    let place = Cell::new("");
    place.set(s.expose_secret());
    println!("{}", place.get()); //~ LEAK secret_in_log
}

pub fn leak_cow(s: &SecretString) {
    let text: Cow<'_, str> = Cow::Borrowed(s.expose_secret());
    println!("{text}"); //~ LEAK secret_in_log
    println!("{}", text.into_owned()); //~ LEAK secret_in_log
}

struct Node {
    text: String,
    next: Option<Box<Node>>,
}

pub fn leak_list(s: &SecretString) {
    let tail = Node { text: s.expose_secret().into(), next: None };
    let head = Node { text: "head".into(), next: Some(Box::new(tail)) };
    println!("{}", head.next.as_ref().unwrap().text); //~ LEAK secret_in_log
    println!("{}", head.text); //~ OK
}

pub fn leak_raw(s: &SecretString) {
    let text = s.expose_secret().to_owned();
    let pointer: *const String = &raw const text;
    // SAFETY: `text` lives to the end of the function.
    println!("{}", unsafe { &*pointer }); //~ LEAK secret_in_log
}

pub fn leak_leaked(s: &SecretString) {
    let forever: &'static str = Box::leak(s.expose_secret().to_owned().into_boxed_str());
    println!("{forever}"); //~ LEAK secret_in_log
}

pub fn ok_pointers(s: &SecretString) -> usize {
    let boxed = Box::new(s.clone());
    println!("{boxed:?}"); //~ OK
    let shared = Rc::new(RefCell::new(Some(s.clone())));
    println!("{:?}", shared.borrow()); //~ OK
    let text: Cow<'_, str> = Cow::Borrowed("public");
    println!("{text}"); //~ OK
    boxed.expose_secret().len()
}

pub fn ok_address(s: &SecretString) {
    let head = Node { text: "head".into(), next: Some(Box::new(Node { text: s.expose_secret().into(), next: None })) };
    println!("{} {}", head.text, head.next.is_some()); //~ OK
    println!("{}", std::ptr::from_ref(&head).is_null()); //~ OK
    let count = Cell::new(0);
    count.set(s.expose_secret().len());
    println!("{}", count.get()); //~ OK
}
