# All tests but those of the imports suite.
#
# The storms, of ten thousand callers each, and the random histories, which keep all processors busy for minutes, come
# behind the others: tests that promise to answer at once would wait in line with all of them.
source "$(dirname "$0")/common.sh"
BUSY='StormTests|InventoryTrialTests'
swift test --skip-build --disable-xctest --skip ArchitectureTests --skip "$BUSY" "${WARNINGS[@]}" |
    tee "$WORK/tests.txt"
swift test --skip-build --disable-xctest --filter "$BUSY" "${WARNINGS[@]}" | tee "$WORK/storms.txt"
for log in "$WORK/tests.txt" "$WORK/storms.txt"; do
    grep -Eq 'Test run with [1-9][0-9]* tests' "$log" || fail "no tests were run"
done
summarize "$(grep -h 'Test run with' "$WORK/tests.txt" "$WORK/storms.txt" | sed 's/.*Test run with //' | paste -sd ';')"
