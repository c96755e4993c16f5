# The example with two processes over one file of SQLite: either is killed at any moment and restarted alone, and in the
# end every acknowledged purchase has ended once.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
work_without_syncs
build_tested

# Runs a program, and refuses another code or an answer without the text.
expect() {
    local wanted="$1" text="$2" program="$3" got=0
    shift 3
    timeout 120 "$PROGRAMS/$program" "$@" >"$WORK/answer.txt" 2>&1 </dev/null || got=$?
    [ "$got" = "$wanted" ] || fail "$program $* ended with $got instead of $wanted: $(tail -n 5 "$WORK/answer.txt")"
    grep -qF -- "$text" "$WORK/answer.txt" || fail "$program $* did not say: $text"
}

expect 0 '--generate' market-api --help
expect 0 '--until-idle' market-worker --help
expect 64 'must be a store that two processes share' market-api
expect 64 '--generate' market-api --generate many
expect 64 'must be a store on a disk' market-worker
expect 64 'needs --until-idle' market-worker --store "sqlite:$WORK/none.db" --audit "$WORK/none"

rounds=2
[ "$FULL" = 1 ] && rounds=30
purchases=0
kills=0
for ((round = 1; round <= rounds; round++)); do
    folder="$WORK/market-$round"
    mkdir "$folder"
    api=("$PROGRAMS/market-api" --store "sqlite:$folder/market.db" --generate 400 --pace 8 --seed "$round"
        --acknowledged "$folder/acknowledged")
    worker=("$PROGRAMS/market-worker" --store "sqlite:$folder/market.db")
    "${api[@]}" >"$folder/api.txt" 2>&1 &
    api_child=$!
    "${worker[@]}" >"$folder/worker.txt" 2>&1 &
    worker_child=$!
    for ((kill = 0; kill < 6; kill++)); do
        sleep "0.$((RANDOM % 9 + 1))"
        # Either restarts alone; the other goes on.
        if [ "$((RANDOM % 2))" = 0 ]; then
            kill -KILL "$api_child" 2>/dev/null || true
            wait "$api_child" 2>/dev/null || true
            "${api[@]}" >>"$folder/api.txt" 2>&1 &
            api_child=$!
        else
            kill -KILL "$worker_child" 2>/dev/null || true
            wait "$worker_child" 2>/dev/null || true
            "${worker[@]}" >>"$folder/worker.txt" 2>&1 &
            worker_child=$!
        fi
        kills=$((kills + 1))
    done
    wait "$api_child" || fail "the API ended with an error: $(tail -n 3 "$folder/api.txt")"
    kill -KILL "$worker_child" 2>/dev/null || true
    wait "$worker_child" 2>/dev/null || true
    expect 0 'every acknowledged purchase has an end' market-worker --store "sqlite:$folder/market.db" --until-idle \
        --audit "$folder/acknowledged"
    before="$(cksum <"$folder/market.db.gateway")"
    expect 0 'What must hold' market-worker --store "sqlite:$folder/market.db" --until-idle \
        --audit "$folder/acknowledged"
    [ "$before" = "$(cksum <"$folder/market.db.gateway")" ] || fail "money was moved when all was over"
    # A check that finds nothing is none: what was never accepted is missed.
    { cat "$folder/acknowledged"; echo 00000000-0000-0000-0000-00000000beef; } >"$folder/wrong"
    expect 1 '1 without one' market-worker --store "sqlite:$folder/market.db" --until-idle --audit "$folder/wrong"
    order="$(head -n 1 "$folder/acknowledged")"
    "$PROGRAMS/market-api" --store "sqlite:$folder/market.db" <<<"status $order" >"$WORK/answer.txt"
    grep -qE "^$order (bought|refused)" "$WORK/answer.txt" || fail "the API does not know how $order ended"
    purchases=$((purchases + $(sort -u "$folder/acknowledged" | wc -l)))
done
summarize "$purchases purchases ended once while $kills processes were killed"
