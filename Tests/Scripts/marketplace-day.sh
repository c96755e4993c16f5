# Days at a marketplace end with cash = ledger = orders, in memory, on a file and on PostgreSQL, and tell one story.
# Thirty days of three seeds and on each store, and of forty seeds with --full; ten of two where it is asked for alone.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
work_without_syncs
postgres_serve || fail "no private PostgreSQL could be started"
build_tested
program="$PROGRAMS/marketplace-day"

# Runs the command with the arguments after the code, and refuses another code.
expect() {
    local wanted="$1" got=0
    shift
    timeout 300 "$program" "$@" >"$WORK/day.txt" 2>&1 || got=$?
    [ "$got" = "$wanted" ] || fail "marketplace-day $* ended with $got instead of $wanted: $(tail -n 5 "$WORK/day.txt")"
}

days=10
seeds=(1 2)
[ "$MORE" = 1 ] && days=30 && seeds=(1 2 3)
[ "$FULL" = 1 ] && days=30 && mapfile -t seeds < <(seq 1 40)
for seed in "${seeds[@]}"; do
    rm -f "$WORK/day.html"
    expect 0 --days "$days" --seed "$seed" --report "$WORK/day.html"
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
tell memory --days "$days"
tell sqlite --days "$days" --store "sqlite:$WORK/day.db"
tell postgres --days "$days" --store "$MARKETPLACE_POSTGRES_URL"
for store in sqlite postgres; do
    cmp "$WORK/story-memory.txt" "$WORK/story-$store.txt" || fail "memory and $store tell different stories"
done
expect 64 --days "$days" --store "sqlite:$WORK/day.db"
summarize "${#seeds[@]} seeds, $days days also on SQLite and PostgreSQL, exact to the minor unit"
