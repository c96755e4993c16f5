# The store on PostgreSQL and the driver over libpq, with its trait, against a private server; and that the whole
# manifest builds them too, with the trait and without.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"

has_library() {
    # Pipelines came with the library of PostgreSQL 14.
    printf '#include "%s"\n#ifndef LIBPQ_HAS_PIPELINING\n#error old\n#endif\nint main(void) { return !PQlibVersion(); }\n' \
        "$ROOT/Sources/CMarketplaceLibPQ/shim.h" >"$WORK/has-libpq.c"
    clang "$WORK/has-libpq.c" -lpq -o "$WORK/has-libpq" && "$WORK/has-libpq"
}
if ! has_library 2>"$WORK/has-libpq.txt"; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing libpq-dev"
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libpq-dev
    fi
    has_library || fail "libpq 14 or later is missing; install the package libpq-dev"
fi
command -v openssl >/dev/null 2>&1 || fail "openssl is missing; install the package openssl"
postgres_serve || fail "no private PostgreSQL could be started"

# A smaller manifest beside links to the sources; at one place, so that what was built is used again.
place="$ROOT/.build/postgres/package"
mkdir -p "$place"
ln -sfn "$ROOT/Sources" "$place/Sources"
ln -sfn "$ROOT/Tests" "$place/Tests"
cp "$ROOT/Tests/Postgres/Package.swift" "$place/Package.swift"
swift test --package-path "$place" --scratch-path "$ROOT/.build/postgres/tests" --traits LibPQ --disable-xctest \
    --filter MarketplacePostgresTests "${WARNINGS[@]}" 2>&1 | tee "$WORK/postgres.txt"
refuse_warnings "$WORK/postgres.txt"
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/postgres.txt" || fail "no tests were run"
if grep -q 'needs a private server' "$WORK/postgres.txt"; then fail "tests were skipped although there is a server"; fi

# With the trait the library is linked, and without it nothing of C is built.
swift build --scratch-path "$ROOT/.build/postgres/manifest" --traits LibPQ --target MarketplacePostgres "${WARNINGS[@]}"
swift build --target MarketplacePostgres "${WARNINGS[@]}"
tests="$(grep 'Test run with' "$WORK/postgres.txt" | tail -n 1 | sed 's/.*Test run with //')"
server="$("$POSTGRES_BIN/postgres" --version | sed 's/.*) \([0-9.]*\).*/\1/')"
summarize "$tests; PostgreSQL $server"
