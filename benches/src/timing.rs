//! Timing variants in turns, so that a slow moment of the machine meets them all.

use std::time::{Duration, Instant};

/// One variant: what is prepared beforehand comes back as what is timed.
pub(crate) type Variant<'a> = (&'static str, Box<dyn Fn() -> Box<dyn FnOnce()> + 'a>);

/// The median time of each variant over so many rounds.
pub(crate) fn medians(variants: &[Variant<'_>], rounds: usize) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); variants.len()];
    for _ in 0..rounds {
        for ((_, prepare), times) in variants.iter().zip(&mut times) {
            let run = prepare();
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    times.into_iter().map(median).collect()
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
