# The store on SQLite, with its trait: every law on real files.
source "$(dirname "$0")/common.sh"
work_without_syncs

build_tested
run_tests "$WORK/sqlite.txt" --filter MarketplaceSQLiteTests

# A process is killed at any moment; whatever it acknowledged must be there, whole and once.
killed="$PROGRAMS/killed-sale"
rounds=10
[ "$FULL" = 1 ] && rounds=100
: >"$WORK/acknowledged.txt"
for ((round = 0; round < rounds; round++)); do
    stdbuf -oL "$killed" sell "$WORK/killed.db" >>"$WORK/acknowledged.txt" &
    child=$!
    sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
    kill -KILL "$child"
    wait "$child" 2>/dev/null || true
    # A line that was cut must not run into the next one.
    echo >>"$WORK/acknowledged.txt"
    "$killed" check "$WORK/killed.db" <"$WORK/acknowledged.txt" >"$WORK/checked.txt" \
        || fail "a sale was lost when its process was killed"
done
tail -n 1 "$WORK/checked.txt"
acknowledged="$(cut -d ' ' -f 1 "$WORK/checked.txt")"
[ "$acknowledged" -gt 0 ] || fail "nothing was acknowledged before the process was killed"

# The command that brings files up to date, and its SQL in the hands of others.
command -v sqlite3 >/dev/null 2>&1 || {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
        && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends sqlite3
} || fail "the command sqlite3 is missing; install the package sqlite3"
migrate="$PROGRAMS/marketplace-migrate"

# Runs the command with the arguments behind the exit code, and fails on another code.
expect() {
    local wanted="$1" got=0
    shift
    "$migrate" "$@" >"$WORK/out.txt" 2>"$WORK/error.txt" || got=$?
    [ "$got" = "$wanted" ] || fail "marketplace-migrate $* ended with $got instead of $wanted: $(cat "$WORK/error.txt")"
    [ "$wanted" = 0 ] || {
        [ ! -s "$WORK/out.txt" ] || fail "marketplace-migrate $* printed something although it was refused"
        [ "$(wc -l <"$WORK/error.txt")" = 1 ] || fail "marketplace-migrate $* told its error in more than one line"
    }
}

# Fails unless what was printed is this.
prints() { [ "$(cat "$WORK/out.txt" "$WORK/error.txt")" = "$1" ] || fail "it printed $(cat "$WORK/out.txt" "$WORK/error.txt"), not $1"; }

expect 0 --help
grep -q -- '--print-sql NAME' "$WORK/out.txt" || fail "--help does not name --print-sql"
expect 64
expect 64 --store sqlite:a.db --print-sql sqlite
expect 64 --status
expect 64 --store a.db
expect 64 --store oracle:a.db
expect 64 --print-sql oracle
prints 'marketplace-migrate: --print-sql takes one of postgres, sqlite, not "oracle"'
file="$WORK/migrated.db"
expect 0 --store "sqlite:$file" --status
prints $'version none\nmissing 1000 tables\nmissing 1001 views'
[ ! -e "$file" ] || fail "--status made a file"
expect 0 --print-sql sqlite
sqlite3 -bail "$file" <"$WORK/out.txt"
expect 0 --store "sqlite:$file" --status
prints $'version 1001\napplied 1000 tables\napplied 1001 views'
expect 0 --store "sqlite:$file"
prints 'nothing to do'
"$killed" check "$file" </dev/null >/dev/null || fail "a file made by sqlite3 from the printed SQL is not one of ours"
rm -f "$file"*
expect 0 --store "sqlite:$file"
prints $'applied 1000 tables\napplied 1001 views'
expect 0 --print-sql sqlite --after 1000
[ "$(grep -c '^begin immediate' "$WORK/out.txt")" = 2 ] || fail "--after prints the wrong steps"
expect 0 --print-sql sqlite --after 1001
[ "$(grep '^-- marketplace' "$WORK/out.txt")" = '-- marketplace: search, which needs FTS5' ] ||
    fail "--after prints more than the tables of search"
sqlite3 "$file" 'pragma user_version = 2000'
expect 65 --store "sqlite:$file"
expect 65 --store "sqlite:$file" --status
expect 65 --store "sqlite:$WORK/missing/market.db"

summarize "$TESTS; killed $rounds times, $acknowledged acknowledged sales found"
