//! Runs a part of the check so that a panic ends that part only, and is told with what a report of it needs.

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::Once,
};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The result of `work`, or what its panic said and how to report it. Nothing else is printed of the panic: in the middle of a
/// build, cargo reads what this process prints.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_GUARDED.get() {
                let said = panic.to_string().replacen(":\n", ": ", 1);
                SAID.with_borrow_mut(|kept| *kept = said);
            } else {
                others(panic);
            }
        }));
    });
    let was_guarded = IS_GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(was_guarded);
    done.map_err(|_| {
        format!(
            "the checker {}\nThis is a fault in secret-lint {}: please report it with this text and what `rustc -vV` says",
            SAID.take(),
            env!("CARGO_PKG_VERSION"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_says_where_it_was_and_what_to_do() {
        let said = guarded(|| -> u8 { panic!("no local _{}", 7) }).unwrap_err();
        assert!(said.starts_with("the checker panicked at "), "{said}");
        assert!(
            said.contains("guard.rs:") && said.contains(": no local _7\n"),
            "{said}"
        );
        assert!(said.contains("please report it"), "{said}");
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
