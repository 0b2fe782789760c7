//! [`Fingerprint`]: which key was used, without the key.

use alloc::boxed::Box;
use core::fmt;
use std::sync::OnceLock;

use blake2::Blake2sMac;
use blake2::digest::consts::U16;
use blake2::digest::{FixedOutput, KeyInit, Update};
use zeroize::Zeroize;

use crate::secret::{Secret, SecretBytes, SecretString};

/// Bytes of the digest that are kept and shown.
const SHOWN: usize = 3;

/// Length of a [`FingerprintKey`] in bytes: the longest key BLAKE2s takes (RFC 7693, section 2.1).
const KEY: usize = 32;

/// Bytes of stack to overwrite after hashing: several times what BLAKE2s was seen to use (its state, a block of 64
/// bytes and its copies), in a debug build too.
const HASHER_STACK: usize = 8192;

/// A short keyed digest of a secret, shown as `#9f3a52`.
///
/// Two log lines with the same fingerprint were made with the same key; the fingerprint does not reveal it.
///
/// It is the first 24 bits of keyed BLAKE2s (RFC 7693). Without the fingerprint key, nobody can test a guess of the
/// secret against it, however weak the secret is. With the key, weak secrets can be guessed, so a key that is shared
/// for correlation is itself a secret. Two of 5,000 different secrets share a fingerprint with a probability of
/// about one half: it tells keys apart for a person who reads logs, and is no proof of identity.
///
/// ```
/// # use secret_core::SecretString;
/// let key = SecretString::from(String::from("k-4711"));
/// assert_eq!(key.fingerprint(), key.clone().fingerprint());
/// println!("request signed with {}", key.fingerprint());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; SHOWN]);

impl Fingerprint {
    pub(crate) fn of(secret: &[u8]) -> Self {
        FingerprintKey::of_this_process().fingerprint(secret)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl crate::LogSafe for Fingerprint {}

impl crate::LogSafe for FingerprintKey {}

/// The key under which fingerprints are made.
///
/// By default it is random for each process, so fingerprints can be compared within one run and say nothing outside
/// of it. To compare across hosts or restarts, give all of them the same key, and keep it as secret as what it
/// fingerprints.
///
/// ```
/// use secret_core::{FingerprintKey, Secret, SecretString};
///
/// let key = FingerprintKey::from(Secret::<[u8; 32]>::init_with_mut(|mut bytes| bytes.fill(7)));
/// let token = SecretString::from(String::from("k-4711"));
/// assert_eq!(token.fingerprint_with(&key).to_string().len(), "#9f3a52".len());
/// ```
#[derive(Debug)]
pub struct FingerprintKey(Secret<[u8; KEY]>);

impl FingerprintKey {
    /// The random key of this process.
    ///
    /// # Panics
    ///
    /// If the operating system has no random numbers to give, on the first use.
    ///
    /// ```
    /// # use secret_core::FingerprintKey;
    /// let key = FingerprintKey::of_this_process();
    /// assert!(std::ptr::eq(key, FingerprintKey::of_this_process()));
    /// ```
    pub fn of_this_process() -> &'static Self {
        static KEY_OF_PROCESS: OnceLock<FingerprintKey> = OnceLock::new();
        KEY_OF_PROCESS.get_or_init(|| {
            let mut key = Box::new([0; KEY]);
            getrandom::fill(&mut *key).expect("the operating system gives random numbers");
            Self(Secret::new(key))
        })
    }

    fn fingerprint(&self, secret: &[u8]) -> Fingerprint {
        let fingerprint = self.digest(secret);
        overwrite_stack();
        fingerprint
    }

    /// Not inlined, so that the hasher and whatever it puts on the stack lie where [`overwrite_stack`] writes next.
    #[inline(never)]
    fn digest(&self, secret: &[u8]) -> Fingerprint {
        let key = self.0.expose_secret();
        // INVARIANT: `KEY` is the length that BLAKE2s takes at most.
        let mut mac = Blake2sMac::<U16>::new_from_slice(&*key).expect("the key has a valid length");
        mac.update(secret);
        let digest = mac.finalize_fixed();
        let mut shown = [0; SHOWN];
        shown.copy_from_slice(&digest[..SHOWN]);
        Fingerprint(shown)
    }
}

/// Overwrites the stack that the hasher used: it loads the secret and the key into local variables, which no `Drop`
/// reaches.
#[inline(never)]
fn overwrite_stack() {
    let mut stack = [0_u8; HASHER_STACK];
    stack.as_mut_slice().zeroize();
}

impl From<Secret<[u8; KEY]>> for FingerprintKey {
    fn from(key: Secret<[u8; KEY]>) -> Self {
        Self(key)
    }
}

macro_rules! fingerprints {
    ($($secret:ty => |$value:ident| $bytes:expr, $example:literal;)*) => { $(
        impl $secret {
            /// A fingerprint under the key of this process.
            ///
            /// ```
            #[doc = $example]
            /// println!("used {}", secret.fingerprint());
            /// ```
            pub fn fingerprint(&self) -> Fingerprint {
                self.fingerprint_with(FingerprintKey::of_this_process())
            }

            /// A fingerprint under a key that is shared with other processes.
            ///
            /// ```
            #[doc = $example]
            /// let key = secret_core::FingerprintKey::of_this_process();
            /// assert_eq!(secret.fingerprint_with(key), secret.fingerprint());
            /// ```
            pub fn fingerprint_with(&self, key: &FingerprintKey) -> Fingerprint {
                let $value = self.expose_secret();
                key.fingerprint($bytes)
            }
        }
    )* };
}

fingerprints! {
    SecretString => |text| text.as_bytes(), "# let secret = secret_core::SecretString::from(String::from(\"k-4711\"));";
    SecretBytes => |bytes| &bytes, "# let secret = secret_core::SecretBytes::from(vec![1, 2, 3]);";
}
