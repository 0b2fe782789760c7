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

pub fn leak_replaced(s: &SecretString) {
    let mut slot = Some(s.expose_secret().to_owned());
    let before = slot.replace("new".into());
    println!("{before:?}"); //~ LEAK secret_in_log
    let mut pair = ("user".to_owned(), s.expose_secret().to_owned());
    let old = std::mem::take(&mut pair);
    println!("{}", old.0); //~ OK
    println!("{}", old.1); //~ LEAK secret_in_log
    println!("{slot:?} {pair:?}"); //~ OK
}

unsafe extern "C" fn on_event(text: *const std::ffi::c_char) {
    // SAFETY: callers pass what ends with a zero.
    eprintln!("{:?}", unsafe { std::ffi::CStr::from_ptr(text) }); // id=event //~ LEAK secret_in_log
}

pub fn leak_foreign(s: &SecretString) {
    let text = std::ffi::CString::new(s.expose_secret()).unwrap_or_default();
    // SAFETY: it ends with a zero.
    unsafe { on_event(text.as_ptr()) }; // alt=event //~ ANY
}

pub fn leak_copied(s: &SecretString) {
    let text = s.expose_secret();
    let mut bytes = [0_u8; 32];
    let length = text.len().min(32);
    // SAFETY: both are that long.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), bytes.as_mut_ptr(), length) };
    println!("{}", String::from_utf8_lossy(&bytes)); //~ LEAK secret_in_log
}

pub fn ok_wiped(s: &SecretString) {
    let mut bytes = s.expose_secret().as_bytes().to_vec();
    // SAFETY: it is that long.
    unsafe { std::ptr::write_bytes(bytes.as_mut_ptr(), 0, bytes.len()) };
    println!("{bytes:?}"); //~ OK
    let name = std::ffi::CString::new("login").unwrap_or_default();
    // SAFETY: it ends with a zero.
    unsafe { on_event(name.as_ptr()) }; //~ OK
    let place = std::cell::OnceCell::new();
    let first = place.get_or_init(|| "public");
    println!("{first} {}", place.set(s.expose_secret()).is_err()); //~ OK
}

struct Entry {
    name: String,
    text: String,
}

pub fn leak_in_a_box(s: &SecretString) {
    let mut entry = Box::new(Entry { name: "a".into(), text: String::new() });
    entry.text.push_str(s.expose_secret());
    println!("{}", entry.text); //~ LEAK secret_in_log
    println!("{}", entry.name); //~ OK
    let mut slot = Some(entry);
    if let Some(entry) = &mut slot {
        println!("{}", entry.text); //~ LEAK secret_in_log
        entry.text = "gone".into();
        println!("{}", entry.text); //~ OK
    }
}

pub fn ok_in_a_box(s: &SecretString) {
    let mut entry = Box::new(Entry { name: "a".into(), text: s.expose_secret().to_owned() });
    entry.text.clear();
    println!("{}", entry.text); //~ OK
}
