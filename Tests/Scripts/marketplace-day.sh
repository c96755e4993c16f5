# Days at a marketplace end with cash = ledger = orders, in memory and on a file, and tell the same story on both.
source "$(dirname "$0")/common.sh"
install_sqlite
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
    [ "$(grep -o '<svg ' "$WORK/day.html" | wc -l)" = 5 ] || fail "the report of seed $seed has not its charts"
done
expect 0 --help
expect 0 --days 1 --members 10 --quiet
expect 64 --days 0
expect 64 --members 9
expect 64 --store redis:here
expect 73 --days 1 --members 10 --report "$WORK/no/such/folder/day.html"

# What is told and counted does not depend on where it is kept; only the last line has a time in it.
expect 0 --days 30
grep -v 'the reconciliation is' "$WORK/day.txt" >"$WORK/memory.txt"
expect 0 --days 30 --store "sqlite:$WORK/day.db"
grep -v 'the reconciliation is' "$WORK/day.txt" >"$WORK/sqlite.txt"
diff "$WORK/memory.txt" "$WORK/sqlite.txt" >&2 || fail "memory and SQLite tell different stories"
expect 64 --days 30 --store "sqlite:$WORK/day.db"
summarize "${#seeds[@]} seeds of 30 days, and one on SQLite, exact to the minor unit"
