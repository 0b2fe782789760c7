//! Leaks that must not compile, with the text a user sees. Refresh with `TRYBUILD=overwrite` and review the change.

#[test]
fn leaks_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/exposed/*.rs");
    cases.compile_fail("ui/secret/*.rs");
    cases.compile_fail("ui/derive/*.rs");
    cases.compile_fail("ui/serialize/*.rs");
}
