# The suites in which tasks meet, under the thread sanitizer.
#
# On Linux the sanitizer has to be told of locks that are handed over by the kernel: Tests/ThreadSanitizer/MutexSight.swift
# says why. Before the suites, small programs show that it still sees a race where there is one, and none where there is
# none, built in the same way.
source "$(dirname "$0")/common.sh"
export TSAN_OPTIONS="halt_on_error=1 exitcode=66"
# Everything takes ten times as long: random histories are fewer.
export MARKETPLACE_CAMPAIGNS=short
# One after the other: slowed down by the sanitizer, and all at once, tests run out of what patience they have.
SUITES=(MarketplaceInMemoryTests MarketplaceStorageTests MarketplaceInventoryTests MarketplaceSagasTests
    MarketplaceTests.CouponStormTests MarketplaceSQLiteTests)
CLEAN=(contended-lock released-flag awaited-task)
RACY=(forgotten-lock wrong-lock relaxed-flag)
# A race needs two threads to meet: a program that missed it is run again, so many times.
ATTEMPTS=10

LINKING=()
if [ "$(uname)" = Linux ]; then
    swiftc -O -parse-as-library -module-name MutexSight \
        -c Tests/ThreadSanitizer/MutexSight.swift -o "$WORK/MutexSight.o"
    LINKING=(-Xlinker "$WORK/MutexSight.o")
    for symbol in '$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF' \
        '$s15Synchronization12_MutexHandleV11_unlockSlowyyF'; do
        LINKING+=(-Xlinker "--wrap=$symbol")
    done
fi

# Whether the sanitizer reports a race in a planted program; anything else it ends with is a failure.
reports_race() {
    local status=0
    "$WORK/planted-races" "$1" >"$WORK/planted.txt" 2>&1 || status=$?
    case "$status" in
        0) return 1 ;;
        66) grep -q 'WARNING: ThreadSanitizer: ' "$WORK/planted.txt" && return 0 ;;
    esac
    cat "$WORK/planted.txt"
    fail "the planted program $1 ended with exit code $status"
}
reports_race_soon() {
    local attempt
    for attempt in $(seq "$ATTEMPTS"); do reports_race "$1" && return 0; done
    return 1
}
swiftc -sanitize=thread -swift-version 6 -parse-as-library -warnings-as-errors \
    Tests/ThreadSanitizer/Planted/*.swift "${LINKING[@]}" -o "$WORK/planted-races"
for program in "${RACY[@]}"; do
    reports_race_soon "$program" || fail "the sanitizer does not see the race of the planted program $program"
done
for program in "${CLEAN[@]}"; do
    if reports_race_soon "$program"; then
        cat "$WORK/planted.txt"
        fail "the sanitizer sees a race in the planted program $program, which has none"
    fi
done

# The C of SQLite is not instrumented: what is told are races of what calls it.
install_sqlite
SANITIZED=(--traits SQLite --sanitize thread --scratch-path "$WORK/tsan" "${LINKING[@]}")
build_with_traits "${SANITIZED[@]}" --build-tests
tests=0
for suite in "${SUITES[@]}"; do
    swift test --skip-build "${SANITIZED[@]}" --disable-xctest --filter "$suite" | tee "$WORK/tsan.txt"
    count="$(sed -n 's/.*Test run with \([1-9][0-9]*\) tests\{0,1\} .*/\1/p' "$WORK/tsan.txt")"
    [ -n "$count" ] || fail "no tests of $suite were run"
    tests=$((tests + count))
done
summarize "$tests tests without a race, all ${#RACY[@]} planted races seen"
