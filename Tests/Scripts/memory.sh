# What sagas cost in memory, measured with no other test beside.
source "$(dirname "$0")/common.sh"
MARKETPLACE_MEMORY=1 swift test --skip-build --disable-xctest --filter MarketplaceSagasTests.MemoryTests "${WARNINGS[@]}" \
    | tee "$WORK/memory.txt"
grep -q 'Test run with [1-9]' "$WORK/memory.txt" || fail "no memory was measured"
summarize "$(grep 'Test run with' "$WORK/memory.txt" | tail -n 1)"
