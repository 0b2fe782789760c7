//! Which rustc prints MIR that the checker knows how to read.

use std::{ffi::OsStr, fmt, process::Command};

use anyhow::{Context, Result, bail};

/// Minor versions of rustc 1.x that every release of the checker is tested with.
const VERIFIED: [u32; 2] = [95, 97];

/// Older ones print no spans, or do so in another grammar.
const OLDEST: u32 = 88;

/// A version of rustc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Toolchain {
    /// All that `rustc -vV` says, commit and host included.
    pub(super) verbose: String,
    minor: u32,
}

impl Toolchain {
    /// Asks `rustc`.
    pub(super) fn of(rustc: &OsStr) -> Result<Self> {
        let output = Command::new(rustc).arg("-vV").output();
        let output = output.with_context(|| format!("cannot run {}", rustc.display()))?;
        if !output.status.success() {
            bail!(
                "{} -vV fails: {}",
                rustc.display(),
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Self::read(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn read(verbose: String) -> Result<Self> {
        let release = verbose
            .lines()
            .find_map(|line| line.strip_prefix("release: "));
        let minor =
            release.and_then(|release| release.strip_prefix("1.")?.split('.').next()?.parse().ok());
        let Some(minor) = minor else {
            bail!("cannot read the version of rustc from `{}`", verbose.trim())
        };
        let toolchain = Self { verbose, minor };
        if minor < OLDEST {
            bail!("{toolchain} is not supported: the flow check needs 1.{OLDEST} or later");
        }
        Ok(toolchain)
    }

    /// What to say of a version that nobody has tried.
    pub(super) fn warning(&self) -> Option<String> {
        let verified = VERIFIED.map(|minor| format!("1.{minor}")).join(" and ");
        (!VERIFIED.contains(&self.minor)).then(|| {
            format!("{self} was not tried with this version of the flow check ({verified} were); whatever it cannot read is reported as not checked")
        })
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.verbose.lines().next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Toolchain;

    fn read(release: &str) -> anyhow::Result<Toolchain> {
        Toolchain::read(format!(
            "rustc {release} (abc 2026-01-01)\nbinary: rustc\nrelease: {release}\nhost: x\n"
        ))
    }

    #[test]
    fn old_versions_are_refused_and_untried_ones_named() {
        let refused = read("1.80.1").unwrap_err().to_string();
        assert_eq!(
            refused,
            "rustc 1.80.1 (abc 2026-01-01) is not supported: the flow check needs 1.88 or later"
        );
        assert!(
            read("1.90.0")
                .unwrap()
                .warning()
                .unwrap()
                .starts_with("rustc 1.90.0 (abc 2026-01-01) was not tried")
        );
        assert_eq!(read("1.95.0").unwrap().warning(), None);
        assert_eq!(read("1.97.0-nightly").unwrap().warning(), None);
        assert!(Toolchain::read("clang 19".into()).is_err());
    }
}
