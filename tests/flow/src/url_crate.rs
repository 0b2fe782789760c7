//! url: text that is parsed, set_password, query pairs, path segments, join, fragments.

// real: prefix-dev/rattler-build#929 (tokens in a URL that is logged)
// real: livekit/rust-sdks#219 (a URL with the token is logged)
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub fn leak_parsed(s: &SecretString) -> Url {
    Url::parse(&format!("wss://h/rtc?access={}", s.expose_secret())).unwrap() //~ LEAK secret_in_url
}

pub fn leak_str_parse(s: &SecretString) -> Url {
    format!("https://{}@h/repo.git", s.expose_secret()).parse().unwrap() //~ LEAK secret_in_url
}

pub fn leak_user_info(s: &SecretString) -> Url {
    let mut url = Url::parse("postgres://app@db/app").unwrap();
    url.set_password(Some(s.expose_secret())).unwrap(); //~ LEAK secret_in_url
    url
}

pub fn leak_query(s: &SecretString) -> Url {
    let mut url = Url::parse("https://h/").unwrap();
    url.query_pairs_mut().append_pair("q", "x").append_pair("sig", s.expose_secret()); //~ LEAK secret_in_url
    url
}

pub fn leak_set_query(s: &SecretString) -> Url {
    let mut url = Url::parse("https://h/").unwrap();
    let query = format!("sig={}", s.expose_secret());
    url.set_query(Some(&query)); //~ LEAK secret_in_url
    url
}

pub fn leak_path(s: &SecretString) -> Url {
    let mut url = Url::parse("https://api.telegram.org/").unwrap();
    url.path_segments_mut().unwrap().push(&format!("bot{}", s.expose_secret())); //~ LEAK secret_in_url
    url
}

pub fn leak_joined(s: &SecretString) -> Url {
    Url::parse("https://h/hooks/").unwrap().join(s.expose_secret()).unwrap() //~ LEAK secret_in_url
}

pub fn leak_with_params(s: &SecretString) -> Url {
    Url::parse_with_params("https://h/", [("sig", s.expose_secret())]).unwrap() //~ LEAK secret_in_url
}

pub fn ok_built(s: &SecretString) -> Url {
    let mut url = Url::parse("https://h/x").unwrap(); //~ OK
    url.set_username("ada").unwrap(); //~ OK
    url.query_pairs_mut().append_pair("length", &s.expose_secret().len().to_string()); //~ OK
    println!("{url}"); //~ OK
    url
}

pub fn ok_cleaned(s: &SecretString) -> Option<String> {
    let url = Url::parse("https://ada@h/x").ok()?; //~ OK
    let right = url.host_str() == Some(s.expose_secret()); //~ OK
    println!("{right} {}", url.path()); //~ OK
    url.host_str().map(str::to_owned)
}

pub fn ok_text(s: &SecretString) -> String {
    let body = format!("access={}", s.expose_secret()); //~ OK
    let url = Url::parse("https://h/oauth"); //~ OK
    log::info!("{url:?} with {} bytes", body.len()); //~ OK
    body
}
