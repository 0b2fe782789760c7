//! io::Write in other clothes: dyn Write, BufWriter, LineWriter, a writer of one's own, a parameter; files are no log.

use std::fs::File;
use std::io::{self, BufWriter, LineWriter, Write};

use secrecy::{ExposeSecret, SecretString};

pub fn leak_dynamic(s: &SecretString) -> io::Result<()> {
    let mut out: Box<dyn Write> = Box::new(io::stdout());
    writeln!(out, "{}", s.expose_secret()) //~ LEAK secret_in_log
}

pub fn leak_buffered(s: &SecretString) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout());
    writeln!(out, "{}", s.expose_secret())?; //~ LEAK secret_in_log
    let mut lines = LineWriter::new(io::stderr().lock());
    lines.write_all(s.expose_secret().as_bytes())?; //~ LEAK secret_in_log
    lines.write_all(b"\n")?; //~ OK
    out.flush() //~ OK
}

fn dump(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}") // alt=dump //~ ANY
}

pub fn leak_parameter(s: &SecretString) -> io::Result<()> {
    dump(&mut io::stderr(), s.expose_secret()) // id=dump //~ LEAK secret_in_log
}

struct Tee<W> {
    inner: W,
    seen: usize,
}

impl<W: Write> Write for Tee<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.seen += bytes.len();
        self.inner.write(bytes) // alt=tee //~ ANY
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

pub fn leak_own_writer(s: &SecretString) -> io::Result<()> {
    let mut tee = Tee { inner: LineWriter::new(io::stdout()), seen: 0 };
    writeln!(tee, "{}", s.expose_secret())?; // id=tee //~ LEAK secret_in_log
    println!("{}", tee.seen); //~ OK
    Ok(())
}

pub fn leak_memory_printed(s: &SecretString) -> io::Result<()> {
    let mut buffer = Vec::new();
    writeln!(buffer, "{}", s.expose_secret())?; //~ OK
    io::stdout().write_all(&buffer) //~ LEAK secret_in_log
}

pub fn ok_file(s: &SecretString) -> io::Result<()> {
    let mut file = File::options().write(true).open("/dev/null")?;
    writeln!(file, "{}", s.expose_secret())?; //~ OK
    file.write_all(s.expose_secret().as_bytes())?; //~ OK
    dump(&mut BufWriter::new(file), "public") //~ OK
}

pub fn ok_memory(s: &SecretString) -> io::Result<Vec<u8>> {
    let mut buffer = Vec::new();
    buffer.write_all(s.expose_secret().as_bytes())?; //~ OK
    println!("{}", buffer.len()); //~ OK
    io::copy(&mut s.expose_secret().as_bytes(), &mut io::sink())?; //~ OK
    Ok(buffer)
}

pub fn leak_copied(s: &SecretString) -> io::Result<u64> {
    io::copy(&mut s.expose_secret().as_bytes(), &mut io::stderr()) //~ LEAK secret_in_log
}

pub fn ok_copied(s: &SecretString) -> io::Result<usize> {
    let mut kept = Vec::new();
    io::copy(&mut s.expose_secret().as_bytes(), &mut kept)?; //~ OK
    io::copy(&mut "done\n".as_bytes(), &mut io::stderr())?; //~ OK
    Ok(kept.len())
}
