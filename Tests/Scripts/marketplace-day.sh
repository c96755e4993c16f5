# Days at a marketplace end with cash = ledger = orders, in memory, on a file and on PostgreSQL, and tell one story.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
work_without_syncs
install_sqlite
install_libpq
postgres_serve || fail "no private PostgreSQL could be started"
durable_program marketplace-day
program="$PROGRAM"

# Runs the command with the arguments after the code, and refuses another code.
expect() {
    local wanted="$1" got=0
    shift
    timeout 300 "$program" "$@" >"$WORK/day.txt" 2>&1 || got=$?
    [ "$got" = "$wanted" ] || fail "marketplace-day $* ended with $got instead of $wanted: $(tail -n 5 "$WORK/day.txt")"
}

seeds=(1 2 3)
[ "$FULL" = 1 ] && mapfile -t seeds < <(seq 1 40)
for seed in "${seeds[@]}"; do
    rm -f "$WORK/day.html"
    expect 0 --days 30 --seed "$seed" --report "$WORK/day.html"
    grep -q 'the reconciliation is exact to the minor unit' "$WORK/day.txt" || fail "seed $seed is not exact"
    [ "$(grep -o '<svg ' "$WORK/day.html" | wc -l)" = 7 ] || fail "the report of seed $seed has not its charts"
done
expect 0 --help
expect 0 --days 1 --members 10 --quiet
expect 64 --days 0
expect 64 --members 9
expect 64 --store redis:here
expect 73 --days 1 --members 10 --report "$WORK/no/such/folder/day.html"

# Plays days on a store and keeps all that is printed but the last line, which has a time in it.
tell() {
    expect 0 "${@:2}"
    grep -v 'the reconciliation is' "$WORK/day.txt" >"$WORK/story-$1.txt"
}

# What is told and counted does not depend on where it is kept.
tell memory --days 30
tell sqlite --days 30 --store "sqlite:$WORK/day.db"
cmp "$WORK/story-memory.txt" "$WORK/story-sqlite.txt" || fail "memory and SQLite tell different stories"
expect 64 --days 30 --store "sqlite:$WORK/day.db"
tell short --days 10
tell postgres --days 10 --store "$MARKETPLACE_POSTGRES_URL"
cmp "$WORK/story-short.txt" "$WORK/story-postgres.txt" || fail "memory and PostgreSQL tell different stories"
summarize "${#seeds[@]} seeds of 30 days, also on SQLite and PostgreSQL, exact to the minor unit"
