//! Threads, channels, locks, statics, thread-locals, lazy cells.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, RwLock, mpsc};
use std::thread;

use secrecy::{ExposeSecret, SecretString};

pub fn leak_thread(s: &SecretString) {
    let value = s.expose_secret().to_owned();
    let handle = thread::spawn(move || {
        eprintln!("{value}"); //~ LEAK secret_in_log
        value
    });
    println!("{}", handle.join().unwrap()); //~ LEAK secret_in_log
    thread::scope(|scope| {
        scope.spawn(|| println!("{}", s.expose_secret())); //~ LEAK secret_in_log
    });
}

pub fn leak_channel(s: &SecretString) {
    let (sender, receiver) = mpsc::channel();
    sender.send(s.expose_secret().to_owned()).unwrap();
    drop(sender);
    for text in receiver {
        println!("{text}"); //~ LEAK secret_in_log
    }
}

pub fn leak_locks(s: &SecretString) {
    let shared = Arc::new(Mutex::new(String::new()));
    let other = Arc::clone(&shared);
    other.lock().unwrap().push_str(s.expose_secret());
    println!("{}", shared.lock().unwrap()); //~ LEAK secret_in_log
    let state = Arc::new(RwLock::new(String::new()));
    *state.write().unwrap() = s.expose_secret().to_owned();
    println!("{}", state.read().unwrap()); //~ LEAK secret_in_log
}

static CACHE: Mutex<Vec<String>> = Mutex::new(Vec::new());
static CURRENT: OnceLock<String> = OnceLock::new();
static COUNT: Mutex<usize> = Mutex::new(0);
static HOST: OnceLock<String> = OnceLock::new();

fn remember(s: &SecretString) {
    CACHE.lock().unwrap().push(s.expose_secret().to_owned()); // alt=cache //~ ANY
    CURRENT.set(s.expose_secret().to_owned()).ok(); // alt=current //~ ANY
}

pub fn leak_statics(s: &SecretString) {
    remember(s);
    println!("{:?}", CACHE.lock().unwrap()); // id=cache //~ LEAK secret_in_log
    println!("{}", CURRENT.get().unwrap()); // id=current //~ LEAK secret_in_log
}

thread_local! {
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

pub fn leak_thread_local(s: &SecretString) {
    LAST.with_borrow_mut(|last| last.push_str(s.expose_secret())); // alt=last //~ ANY
    LAST.with(|last| println!("{}", last.borrow())); // id=last //~ LEAK secret_in_log
}

static LOADED: LazyLock<SecretString> = LazyLock::new(|| std::env::var("API_KEY").unwrap_or_default().into());

pub fn leak_lazy() {
    println!("{}", LOADED.expose_secret()); //~ LEAK secret_in_log
}

pub fn ok_statics(s: &SecretString) {
    *COUNT.lock().unwrap() += s.expose_secret().len();
    println!("{}", COUNT.lock().unwrap()); //~ OK
    println!("{}", HOST.get_or_init(|| "localhost".into())); //~ OK
    println!("{:?}", *LOADED); //~ OK
    println!("{}", CACHE.lock().unwrap().len()); //~ OK
}

pub fn ok_threads(s: &SecretString) {
    let copy = s.clone();
    let length = thread::spawn(move || copy.expose_secret().len()).join().unwrap(); //~ OK
    println!("{length}"); //~ OK
    let (sender, receiver) = mpsc::channel();
    sender.send(s.expose_secret().is_empty()).unwrap();
    println!("{:?}", receiver.recv()); //~ OK
}

pub fn leak_panic_payload(s: &SecretString) {
    let value = s.expose_secret().to_owned();
    let worker = thread::spawn(move || {
        assert!(value.is_empty(), "cannot use {value}"); //~ LEAK secret_in_log
        1
    });
    if let Err(payload) = worker.join() {
        println!("{:?}", payload.downcast_ref::<String>()); //~ LEAK secret_in_log
        println!("{payload:?}"); //~ OK
    }
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        std::panic::panic_any(s.expose_secret().to_owned()); //~ LEAK secret_in_log
    }));
    if let Err(payload) = caught
        && let Ok(text) = payload.downcast::<String>()
    {
        eprintln!("{text}"); //~ LEAK secret_in_log
    }
}

pub fn ok_panic_payload(s: &SecretString) {
    let value = s.expose_secret().to_owned();
    let worker = thread::spawn(move || {
        assert!(value.is_empty(), "cannot use {} bytes", value.len()); //~ OK
        value
    });
    match worker.join() {
        Ok(value) => drop(value),
        Err(payload) => println!("{:?}", payload.downcast_ref::<String>()), //~ OK
    }
}

pub fn leak_shared(s: &SecretString) -> String {
    let value = Arc::new(s.expose_secret().to_owned());
    let _other = Arc::clone(&value);
    Arc::try_unwrap(value).unwrap() //~ LEAK secret_in_log
}

pub fn ok_shared(s: &SecretString) -> String {
    let value = Arc::new(s.expose_secret().to_owned());
    let other = Arc::clone(&value);
    thread::spawn(move || drop(other)).join().unwrap(); //~ OK
    Arc::try_unwrap(value).unwrap() //~ OK
}

enum Task {
    Keep(String),
    Greet(String),
    Give(mpsc::Sender<String>),
}

fn keeper() -> mpsc::Sender<Task> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut kept = String::new();
        for task in receiver {
            match task {
                Task::Keep(text) => kept = text,
                Task::Greet(name) => println!("{name}"), //~ OK
                Task::Give(back) => back.send(kept.clone()).unwrap(),
            }
        }
    });
    sender
}

pub fn leak_answer(s: &SecretString) {
    let tasks = keeper();
    let (back, answer) = mpsc::channel();
    let _ = tasks.send(Task::Keep(s.expose_secret().to_owned()));
    let _ = tasks.send(Task::Give(back));
    println!("{:?}", answer.recv()); //~ LEAK secret_in_log
}

pub fn ok_greeting(s: &SecretString) {
    let tasks = keeper();
    let _ = tasks.send(Task::Greet("ada".into()));
    let _ = tasks.send(Task::Keep(s.expose_secret().to_owned())); //~ OK
}
