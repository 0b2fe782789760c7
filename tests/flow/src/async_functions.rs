//! async: await, blocks, a value held across an await, spawn, join!, select!, channels, boxed futures.

use std::pin::Pin;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{mpsc, oneshot, watch};

async fn header(s: &SecretString) -> String {
    tokio::task::yield_now().await;
    format!("Bearer {}", s.expose_secret())
}

async fn show(text: String) {
    tokio::task::yield_now().await;
    println!("{text}"); // id=show //~ LEAK secret_in_log
}

pub async fn leak_awaited(s: &SecretString) {
    let header = header(s).await;
    log::info!("{header}"); //~ LEAK secret_in_log
    show(header).await; // alt=show //~ ANY
}

pub async fn leak_held(s: &SecretString) {
    let value = s.expose_secret();
    tokio::task::yield_now().await;
    println!("{value}"); //~ LEAK secret_in_log
    let block = async { value.to_uppercase() };
    println!("{}", block.await); //~ LEAK secret_in_log
}

pub async fn leak_spawned(s: &SecretString) {
    let value = s.expose_secret().to_owned();
    let task = tokio::task::spawn_local(async move {
        tracing::info!(%value); //~ LEAK secret_in_log
        value
    });
    println!("{}", task.await.unwrap()); //~ LEAK secret_in_log
}

pub async fn leak_joined(s: &SecretString) {
    let (one, two) = tokio::join!(header(s), async { 5 });
    println!("{one}"); //~ LEAK secret_in_log
    println!("{two}"); //~ OK
}

pub async fn leak_selected(s: &SecretString) {
    tokio::select! {
        text = header(s) => println!("{text}"), //~ LEAK secret_in_log
        () = std::future::pending() => println!("never"), //~ OK
    }
}

pub async fn leak_channels(s: &SecretString) {
    let (sender, mut receiver) = mpsc::channel(1);
    sender.send(s.expose_secret().to_owned()).await.unwrap();
    if let Some(text) = receiver.recv().await {
        println!("{text}"); //~ LEAK secret_in_log
    }
    let (sender, receiver) = oneshot::channel();
    sender.send(s.expose_secret().to_owned()).unwrap();
    println!("{:?}", receiver.await); //~ LEAK secret_in_log
}

fn boxed<'a>(s: &'a SecretString) -> Pin<Box<dyn Future<Output = &'a str> + 'a>> {
    Box::pin(async move { s.expose_secret() })
}

pub async fn leak_boxed(s: &SecretString) {
    println!("{}", boxed(s).await); //~ LEAK secret_in_log
}

async fn check(s: &SecretString) -> Result<(), String> {
    tokio::task::yield_now().await;
    if s.expose_secret().len() < 99 { Err("too short".into()) } else { Ok(()) }
}

pub async fn ok_awaited(s: &SecretString) -> Result<(), String> {
    let header = header(s).await; //~ OK
    println!("{}", header.len()); //~ OK
    let (length, _) = tokio::join!(async { s.expose_secret().len() }, async { header });
    println!("{length}"); //~ OK
    check(s).await //~ OK
}

pub async fn ok_channels(s: &SecretString) {
    let (sender, mut receiver) = mpsc::channel(2);
    sender.send(s.expose_secret().len()).await.unwrap(); //~ OK
    println!("{:?}", receiver.recv().await); //~ OK
    let (state, seen) = watch::channel("idle");
    state.send("busy").unwrap();
    println!("{}", *seen.borrow()); //~ OK
    let task = tokio::task::spawn_local({
        let s = s.clone();
        async move { s.expose_secret().is_ascii() }
    });
    println!("{:?}", task.await); //~ OK
}
