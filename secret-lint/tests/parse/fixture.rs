//! One of everything that rustc prints in a way of its own; never compiled to anything but MIR.

use std::future::Future;
pub async fn inner(s: String) -> String {
    s
}
pub async fn outer(s: &str) -> Result<String, String> {
    let x = inner(s.to_string()).await;
    let y = async move { x.len() }.await;
    if y > 3 {
        return Err(format!("bad {s}"));
    }
    let c = async |z: u32| z + 1;
    let _ = c(3).await;
    Ok(String::new())
}
pub fn dynf(f: &dyn Fn(&str) -> (u8, u8), g: fn(u8) -> u8) -> impl Future<Output = u8> {
    let a = f("x // y -> \" z").0;
    async move { g(a) }
}
thread_local! { static T: std::cell::Cell<u8> = const { std::cell::Cell::new(1) }; }
pub fn t() -> u8 {
    T.with(|t| t.get())
}
pub const TABLE: [(&str, fn(u8) -> u8); 2] = [("a", id), ("b)", id2)];
pub fn id(a: u8) -> u8 {
    a
}
pub fn id2(a: u8) -> u8 {
    !a
}
pub static mut G: Option<&str> = Some("x");
pub struct Add(pub i32, pub i32);
pub fn mk(a: i32) -> Add {
    Add(a, a)
}
pub fn sl(a: &[u8]) -> u8 {
    match a {
        [x, .., y] if *x == 1 => *y,
        [_, rest @ ..] => rest.len() as u8,
        _ => 0,
    }
}
pub fn ch(c: char) -> u8 {
    match c {
        ':' => 1,
        ',' => 2,
        ']' => 3,
        '\'' => 4,
        _ => 5,
    }
}
pub struct P<const C: char, const N: usize>;
impl<const C: char, const N: usize> P<C, N> {
    pub const K: &'static str = "k";
    pub fn f(self) -> [u8; N] {
        [0; N]
    }
}
pub fn p() -> usize {
    P::<'(', 3>.f().len() + P::<'\'', 4>.f().len() + P::<'"', 4>::K.len()
}
pub unsafe fn asm(a: u64) -> u64 {
    let mut o: u64;
    unsafe { std::arch::asm!("mov {0}, {1} // \" ", out(reg) o, in(reg) a) };
    o += 1;
    o
}
pub unsafe fn cp(a: *const u8, b: *mut u8) {
    unsafe { std::ptr::copy_nonoverlapping(a, b, 4) }
}
pub union U {
    pub a: u32,
    pub b: f32,
}
pub fn un(x: u32) -> f32 {
    let u = U { a: x };
    unsafe { u.b }
}
pub enum E {
    A { x: String, y: u8 },
    B(String),
    C,
}
pub fn e(s: String, k: u8) -> E {
    match k {
        0 => E::A { x: s, y: 1 },
        1 => E::B(s),
        _ => E::C,
    }
}
pub fn sub<'a>(f: for<'b> fn(&'b str) -> &'b str) -> fn(&'a str) -> &'a str {
    f
}
pub fn raw(a: &[u8]) -> *const [u8] {
    std::ptr::slice_from_raw_parts(a.as_ptr(), 2)
}
pub fn lit() -> (
    &'static [u8],
    &'static str,
    char,
    [u8; 3],
    f32,
    Option<&'static str>,
) {
    (
        b"a\"b\\",
        "x\u{1F600}\n'; // scope 1 at x",
        '"',
        *b"abc",
        f32::NAN,
        None,
    )
}
pub fn diverge(x: Option<String>) -> ! {
    let _s = x;
    panic!("no {}", 1)
}
pub fn ov(a: i8, b: i8) -> i8 {
    a / b + (a << 3) - a * b
}
pub fn function_as_value(texts: &[String]) -> Vec<usize> {
    let length = String::len;
    texts.iter().map(length).collect()
}
pub mod module {
    pub struct S(pub String);
    impl S {
        pub fn method(&self) -> impl Fn() -> usize + '_ {
            move || self.0.len()
        }
    }
}
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub struct Derived {
    pub text: String,
    pub more: Option<Box<Derived>>,
}
pub unsafe fn assembly_with_lines(mut a: u64) -> u64 {
    unsafe { std::arch::asm!("add {0}, 1", "// -> [return: bb7];", "}}", inout(reg) a) };
    a
}
pub static BYTES: [u8; 20] = *b"abcdefghijklmnopqrst";
pub fn text_in_memory() -> &'static [&'static str] {
    &["größer", "a \"b\" │ c"]
}
