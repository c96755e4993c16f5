# The suites in which tasks meet, under the thread sanitizer.
source "$(dirname "$0")/common.sh"
export TSAN_OPTIONS="halt_on_error=1 exitcode=66"
swift test --sanitize thread --disable-xctest --scratch-path "$WORK/tsan" \
    --filter 'MarketplaceInMemoryTests|MarketplaceStorageTests|MarketplaceInventoryTests|MarketplaceSagasTests' \
    | tee "$WORK/tsan.txt"
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/tsan.txt" || fail "no tests were run"
summarize "$(grep 'Test run with' "$WORK/tsan.txt" | tail -n 1)"
