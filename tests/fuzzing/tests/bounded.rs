//! Drives each fuzz target for some seconds, with mutations of its corpus, on the stable toolchain.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// For how long each target runs.
const TIME: Duration = Duration::from_secs(3);

/// An input may take so long at most; far more than any takes, on a busy machine.
const LONGEST: Duration = Duration::from_secs(5);

/// The seed unless `FUZZ_SEED` sets another. A failure prints its seed and its input.
const SEED: u64 = 0x5eed;

/// Inputs do not grow beyond this.
const LARGEST: usize = 8192;

/// Marsaglia's xorshift64* generator ("Xorshift RNGs", 2003, multiplied as by Vigna, 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let mut paths: Vec<_> = fs::read_dir(directory)
        .expect("the target has a corpus")
        .map(|entry| entry.expect("the corpus can be listed").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read(path).expect("the corpus can be read"))
        .collect()
}

/// Changes an input in one to four places: a byte, a part taken out, doubled, or taken from another input.
fn mutate(input: &[u8], others: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = input.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let end = at + random.below((input.len() - at).min(16) + 1);
        match random.below(5) {
            0 => input.insert(at, u8::try_from(random.below(256)).unwrap_or_default()),
            1 => drop(input.drain(at..end)),
            2 => {
                let part = input[at..end].to_vec();
                input.splice(at..at, part);
            }
            3 => {
                let other = &others[random.below(others.len())];
                let from = random.below(other.len() + 1);
                let part = other[from..].iter().take(random.below(32)).copied();
                input.splice(at..end, part);
            }
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    input.truncate(LARGEST);
    input
}

/// Says which input it was when a target panics.
struct Witness<'a>(&'a [u8]);

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the input is b\"{}\"", self.0.escape_ascii());
        }
    }
}

fn drive(target: &str, run: fn(&[u8])) {
    let seed = std::env::var("FUZZ_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED);
    println!("{target}: FUZZ_SEED={seed}");
    let mut random = Random(seed);
    let corpus = corpus(target);
    let mut pool = corpus.clone();
    let start = Instant::now();
    let mut count = 0_u64;
    let mut run = |input: &[u8]| {
        let _witness = Witness(input);
        let start = Instant::now();
        run(input);
        assert!(start.elapsed() < LONGEST, "the input takes too long");
        count += 1;
    };
    for input in &corpus {
        run(input);
    }
    while start.elapsed() < TIME {
        let input = mutate(&pool[random.below(pool.len())], &corpus, &mut random);
        run(&input);
        // Some mutations are mutated further, so that inputs wander away from the corpus.
        if pool.len() < 16 * corpus.len() {
            pool.push(input);
        } else {
            let index = corpus.len() + random.below(pool.len() - corpus.len());
            pool[index] = input;
        }
    }
    println!("{target}: {count} inputs");
}

#[test]
fn dotenv() {
    drive("dotenv", secret_fuzzing::dotenv);
}

#[test]
fn load() {
    drive("load", secret_fuzzing::load);
}

#[test]
fn mask() {
    drive("mask", secret_fuzzing::mask);
}

#[test]
fn mir() {
    drive("mir", secret_fuzzing::mir);
}
