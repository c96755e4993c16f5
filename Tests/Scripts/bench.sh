# Benchmarks beside their raw-limit programs, as they are built for tests, to see that they run: the suite speed judges them.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
build_tested
postgres_serve || fail "no private PostgreSQL could be started"

# Runs benchmarks and fails unless their figures were written.
measure() {
    rm -f "$WORK/bench.json"
    "$PROGRAMS/marketplace-bench" "$@" --quick --rounds 1 --json "$WORK/bench.json"
    [ -s "$WORK/bench.json" ] || fail "no result of $* was written"
}
measure money store counters locks
measure inventory --filter reserve
measure saga --filter three-steps
measure durable --folder "$WORK" --filter commit
measure durable --folder "$WORK" --filter saga/1
summarize "they run; speed judges them"
