# Sourced by every suite. ROOT is the package, WORK a folder that is removed afterwards, SYNCLESS one that may be in
# memory, SUMMARY a file whose last line is printed beside the result of the suite.
set -euo pipefail
cd "$ROOT"

WARNINGS=(-Xswiftc -warnings-as-errors)

# Puts what a suite writes where a sync costs nothing, if there is such a place.
work_without_syncs() { export WORK="$SYNCLESS" TMPDIR="$SYNCLESS"; }

# Builds with traits. The compiler is told of them in the order of a set, which differs from process to process: without
# the same seed for all, every other build would begin anew. Tests run with seeds of their own.
build_with_traits() { SWIFT_DETERMINISTIC_HASHING=1 swift build "$@"; }

summarize() { echo "$*" >"$SUMMARY"; }

fail() {
    echo "error: $*"
    summarize "$*"
    exit 1
}

# Fails when a build log tells of a warning, whoever printed it.
refuse_warnings() {
    if grep -i 'warning:' "$1"; then fail "the build printed warnings"; fi
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

# Copies the consumer package, so that nothing is written beside the sources, and builds and runs a product of it: that
# which imports everything, unless another is named. The location of the package under test is in MARKETPLACE_PATH or in
# MARKETPLACE_URL.
build_consumer() {
    local place="$WORK/$1" product="${2:-everything}"
    cp -R "$ROOT/Tests/Consumer" "$place"
    # No shared cache: what a consumer finds must come from the location alone.
    swift build --package-path "$place" --scratch-path "$place/.build" --cache-path "$place/cache" \
        --product "$product" 2>&1 | tee "$place/build.log"
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

# Makes the package of the adapters, a smaller manifest beside links to the sources, and says in ADAPTERS what builds it;
# always at one place and with all traits, so that every suite uses what the first of them has built.
adapters_package() {
    local place="$ROOT/.build/adapters/package" folder
    install_sqlite
    install_libpq
    install_crypto
    mkdir -p "$place"
    for folder in Sources Tests Examples; do ln -sfn "$ROOT/$folder" "$place/$folder"; done
    cp "$ROOT/Tests/Adapters/Package.swift" "$place/Package.swift"
    ADAPTERS=(--package-path "$place" --traits "SQLite,LibPQ,Crypto")
    ADAPTERS_BUILD="$ROOT/.build/adapters/tests"
}

# Runs the tests of an adapter; what they print is in WORK, how they ended in TESTS, and where the programs are that were
# built beside them in ADAPTER_PROGRAMS.
test_adapter() {
    local log="$WORK/$1.txt"
    adapters_package
    build_with_traits "${ADAPTERS[@]}" --scratch-path "$ADAPTERS_BUILD" --build-tests "${WARNINGS[@]}" 2>&1 | tee "$log"
    refuse_warnings "$log"
    swift test "${ADAPTERS[@]}" --scratch-path "$ADAPTERS_BUILD" --skip-build --disable-xctest --filter "$1" \
        "${WARNINGS[@]}" 2>&1 | tee "$log"
    refuse_warnings "$log"
    grep -Eq 'Test run with [1-9][0-9]* tests' "$log" || fail "no tests were run"
    TESTS="$(grep 'Test run with' "$log" | tail -n 1 | sed 's/.*Test run with //')"
    ADAPTER_PROGRAMS="$(build_with_traits "${ADAPTERS[@]}" --scratch-path "$ADAPTERS_BUILD" --show-bin-path)"
}

# Builds a program of the whole manifest with all traits, for all suites at one place, and says in PROGRAM where it is.
durable_program() {
    local build=(build_with_traits -c release --scratch-path "$ROOT/.build/durable/programs" --traits SQLite,LibPQ)
    "${build[@]}" --product "$1" "${WARNINGS[@]}" 2>&1 | tee "$WORK/build-$1.txt"
    refuse_warnings "$WORK/build-$1.txt"
    PROGRAM="$("${build[@]}" --show-bin-path)/$1"
}
