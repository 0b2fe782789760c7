//! End-to-end tests of the workspace, under `tests/`; the compile-fail cases are in `ui/`.
