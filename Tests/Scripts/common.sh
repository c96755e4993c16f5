# Sourced by every suite. ROOT is the package, WORK a folder that is removed afterwards, SYNCLESS one that may be in
# memory, SUMMARY a file whose last line is printed beside the result of the suite.
set -euo pipefail
cd "$ROOT"

WARNINGS=(-Xswiftc -warnings-as-errors)

# Puts what a suite writes where a sync costs nothing, if there is such a place.
work_without_syncs() { export WORK="$SYNCLESS" TMPDIR="$SYNCLESS"; }

# What the tests and the programs of most suites are built with, once for all of them, at one place and with all traits:
# as whole modules, which are neither optimised nor have what a debugger needs. From nothing that takes three fifths of the
# time of a debug build. Tests may look into a module.
TESTED=(--scratch-path "$ROOT/.build/tests" --traits "SQLite,LibPQ,Crypto" -c release
    -Xswiftc -Onone -Xswiftc -enable-testing -Xswiftc -gnone "${WARNINGS[@]}")
# What is measured, or would take too long otherwise, is built as its users build it.
OPTIMISED=(--scratch-path "$ROOT/.build/optimised" --traits "SQLite,LibPQ" -c release "${WARNINGS[@]}")

# The suites that keep all processors busy, with thousands of callers at once, or with random histories for minutes.
BUSY='StormTests|InventoryTrialTests'

# Builds with traits. The compiler is told of them in the order of a set, which differs from process to process: without
# the same seed for all, every other build would begin anew. Tests run with seeds of their own.
build_with_traits() { SWIFT_DETERMINISTIC_HASHING=1 swift build "$@"; }

# Builds everything that is tested, unless the suite build of the same run has done that, and says in PROGRAMS where its
# programs are.
build_tested() {
    PROGRAMS="$ROOT/.build/tests/release"
    [ "${IS_BUILT:-0}" = 0 ] || return 0
    install_sqlite
    install_libpq
    install_crypto
    build_with_traits "${TESTED[@]}" --build-tests 2>&1 | tee "$WORK/tested.log"
    refuse_warnings "$WORK/tested.log"
}

# Builds a program of those that are optimised, and says in PROGRAM where it is.
build_optimised() {
    install_sqlite
    install_libpq
    build_with_traits "${OPTIMISED[@]}" --product "$1" 2>&1 | tee "$WORK/optimised.log"
    refuse_warnings "$WORK/optimised.log"
    PROGRAM="$(build_with_traits "${OPTIMISED[@]}" --show-bin-path)/$1"
}

# Runs the tests that the options choose, after `build_tested`; what they print is in the file named first, and how they
# ended in TESTS.
run_tests() {
    local log="$1"
    swift test "${TESTED[@]}" --skip-build --disable-xctest "${@:2}" 2>&1 | tee "$log"
    refuse_warnings "$log" tests
    grep -Eq 'Test run with [1-9][0-9]* tests?' "$log" || fail "no tests were run"
    TESTS="$(grep 'Test run with' "$log" | tail -n 1 | sed 's/.*Test run with //')"
}

summarize() { echo "$*" >"$SUMMARY"; }

fail() {
    echo "error: $*"
    summarize "$*"
    exit 1
}

# Fails when the log of a build, or of what is named second, tells of a warning, whoever printed it.
refuse_warnings() {
    if grep -i 'warning:' "$1"; then fail "the ${2:-build} printed warnings"; fi
}

# Fails when a build folder has objects of C, C++, Objective-C or assembly.
refuse_c_objects() {
    local objects
    objects="$(find "$1" \( -name '*.c.o' -o -name '*.cc.o' -o -name '*.cpp.o' -o -name '*.cxx.o' -o -name '*.m.o' \
        -o -name '*.mm.o' -o -name '*.S.o' -o -name '*.s.o' \) -print)"
    [ -z "$objects" ] || fail "C was compiled: $objects"
}

# Fails when an executable loads Foundation or a part of it.
refuse_foundation() {
    local loaded
    loaded="$(ldd "$1")"
    if grep -E 'lib_?Foundation' <<<"$loaded"; then fail "$(basename "$1") loads Foundation"; fi
    # What is loaded while it runs counts as well.
    LD_DEBUG=libs "$1" >"$WORK/loaded.txt" 2>&1
    if grep -E 'lib_?Foundation' "$WORK/loaded.txt"; then fail "$(basename "$1") loads Foundation while it runs"; fi
    grep -q 'libswiftCore' "$WORK/loaded.txt" || fail "the libraries that $(basename "$1") loads could not be listed"
}

# Builds a copy of the consumer package. No shared cache: what a consumer finds must come from the location alone. What a
# debugger and an editor need is left out, to save time.
consumer_build() {
    swift build --package-path "$1" --scratch-path "$1/.build" --cache-path "$1/cache" \
        --disable-index-store -Xswiftc -gnone "${@:2}"
}

# Copies the consumer package, so that nothing is written beside the sources, and builds and runs a product of it: that
# which imports everything, unless another is named. The location of the package under test is in MARKETPLACE_PATH or in
# MARKETPLACE_URL.
build_consumer() {
    local place="$WORK/$1" product="${2:-everything}"
    cp -R "$ROOT/Tests/Consumer" "$place"
    consumer_build "$place" --product "$product" 2>&1 | tee "$place/build.log"
    refuse_warnings "$place/build.log"
    refuse_c_objects "$place/.build"
    "$place/.build/debug/$product"
}

has_sqlite() {
    printf '#include <sqlite3.h>\nint main(void) { return sqlite3_libversion_number() < 3037000; }\n' \
        >"$WORK/has-sqlite.c"
    clang "$WORK/has-sqlite.c" -lsqlite3 -o "$WORK/has-sqlite" && "$WORK/has-sqlite"
}

# Installs SQLite with apt where it is missing and that is possible.
install_sqlite() {
    has_sqlite 2>"$WORK/has-sqlite.txt" && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing libsqlite3-dev"
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libsqlite3-dev
    fi
    has_sqlite || fail "SQLite 3.37 or later is missing; install the package libsqlite3-dev"
}

has_crypto() {
    printf '#include "%s"\nint main(void) { return sodium_init() < 0 || argon2_error_message(0) == 0; }\n' \
        "$ROOT/Sources/CMarketplaceCrypto/shim.h" >"$WORK/has-crypto.c"
    clang "$WORK/has-crypto.c" -largon2 -lsodium -o "$WORK/has-crypto" && "$WORK/has-crypto"
}

# Installs libargon2 and libsodium with apt where they are missing and that is possible.
install_crypto() {
    has_crypto 2>"$WORK/has-crypto.txt" && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing libargon2-dev and libsodium-dev"
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libargon2-dev libsodium-dev
    fi
    has_crypto || fail "libargon2 or libsodium is missing; install the packages libargon2-dev and libsodium-dev"
}

has_libpq() {
    # Pipelines came with the library of PostgreSQL 14.
    printf '#include "%s"\n#ifndef LIBPQ_HAS_PIPELINING\n#error old\n#endif\nint main(void) { return !PQlibVersion(); }\n' \
        "$ROOT/Sources/CMarketplaceLibPQ/shim.h" >"$WORK/has-libpq.c"
    clang "$WORK/has-libpq.c" -lpq -o "$WORK/has-libpq" && "$WORK/has-libpq"
}

# Installs libpq where it is missing and that is possible.
install_libpq() {
    has_libpq 2>"$WORK/has-libpq.txt" && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing libpq-dev"
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libpq-dev
    fi
    has_libpq || fail "libpq 14 or later is missing; install the package libpq-dev"
}
