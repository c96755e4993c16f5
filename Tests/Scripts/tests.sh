# All tests but those of the imports suite.
source "$(dirname "$0")/common.sh"
swift test --skip-build --disable-xctest --skip ArchitectureTests "${WARNINGS[@]}" | tee "$WORK/tests.txt"
summarize "$(grep 'Test run with' "$WORK/tests.txt" | tail -n 1)"
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/tests.txt" || fail "no tests were run"
