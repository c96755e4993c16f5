# Every benchmark against its raw-limit program, optimised. In memory the bars must be met; durable ones are measured in
# small, and judged with --full: how long a sync takes changes from minute to minute where others use the disk.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
postgres_serve || fail "no private PostgreSQL could be started"

build_optimised marketplace-bench
# On the disk of the package: where temporary files are in memory, a sync would cost nothing.
durable=("$PROGRAM" durable --folder "$ROOT/.build" --json "$WORK/durable.json")
"$PROGRAM" money promotions store counters inventory locks saga --check --json "$WORK/bench.json" \
    $([ "$FULL" = 1 ] || echo --quick)
if [ "$FULL" = 1 ]; then
    peers=()
    # It says so and writes nothing where PyPI cannot be reached.
    Tests/Benchmarks/Peers/run --postgres "$MARKETPLACE_POSTGRES_URL" "$WORK/peers.json"
    [ -s "$WORK/peers.json" ] && peers=(--peers "$WORK/peers.json")
    "${durable[@]}" --full --check "${peers[@]}"
else
    for name in commit reserve/ saga/1 load-append; do "${durable[@]}" --quick --rounds 1 --filter "$name"; done
fi
for file in bench durable; do [ -s "$WORK/$file.json" ] || fail "no result was written"; done
summarize "all bars in memory met"
