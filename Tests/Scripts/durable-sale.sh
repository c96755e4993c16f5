# The examples on files of SQLite and on a private PostgreSQL: a sale is killed at any moment, goes on, and everything
# adds up.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/postgres-server.sh"
work_without_syncs
postgres_serve || fail "no private PostgreSQL could be started"

build_tested

# Runs a program with the arguments after the code, and refuses another code or an answer without the text.
expect() {
    local wanted="$1" text="$2" program="$3" got=0
    shift 3
    timeout 120 "$PROGRAMS/$program" "$@" >"$WORK/answer.txt" 2>&1 || got=$?
    [ "$got" = "$wanted" ] || fail "$program $* ended with $got instead of $wanted: $(tail -n 5 "$WORK/answer.txt")"
    grep -qF -- "$text" "$WORK/answer.txt" || fail "$program $* did not say: $text"
}

# A sale in which much goes wrong, and long enough to be killed in its middle.
troubled=(--buyers 2000 --stock 1500 --skus 5 --payment-failures 8 --payment-timeouts 8 --walk-aways 5 --come-backs 5
    --early-arrivals 3)
acknowledged=0
begun=0

# Kills a sale at random moments, goes on with it, and has everything checked; the options say where it is kept.
kill_and_resume() {
    local round="$1" folder="$2" kill child lines before
    shift 2
    sale=("${troubled[@]}" --seed "$round" "$@" --acknowledged "$folder/acknowledged"
        --gateway-record "$folder/gateway")
    # The first kill can come before anything is written, the others while what the one before left is taken over.
    for ((kill = 0; kill < 1 + round % 3; kill++)); do
        resume=()
        [ "$kill" -gt 0 ] && resume=(--resume)
        "$PROGRAMS/flash-sale" "${sale[@]}" "${resume[@]}" >"$folder/killed-$kill.txt" 2>&1 &
        child=$!
        [ "$((RANDOM % 5))" = 0 ] && sleep "0.0$((RANDOM % 10))" || sleep "$((RANDOM % 3)).$((RANDOM % 10))"
        kill -KILL "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    lines=0
    [ ! -f "$folder/acknowledged" ] || lines="$(wc -l <"$folder/acknowledged")"
    acknowledged=$((acknowledged + lines))
    expect 0 'SQL: every acknowledged purchase and hold is found' \
        flash-sale "${sale[@]}" --resume --json "$folder/sale.json" --report "$folder/sale.html"
    grep -q 'no saga is lost: .* begun by earlier processes' "$WORK/answer.txt" && begun=$((begun + 1))
    if grep -q '"ok": false' "$folder/sale.json"; then fail "round $round has a broken check"; fi
    grep -q '<svg ' "$folder/sale.html" || fail "round $round wrote no report"
    # What is over stays over: going on with it changes nothing.
    before="$(cksum <"$folder/gateway")"
    expect 0 'SQL: every saga has ended' flash-sale "${sale[@]}" --resume
    [ "$before" = "$(cksum <"$folder/gateway")" ] || fail "money was moved when all was over"
}

rounds=2
[ "$FULL" = 1 ] && rounds=100
for ((round = 1; round <= rounds; round++)); do
    database="${MARKETPLACE_POSTGRES_URL%/*}/sale_$round"
    "$POSTGRES_BIN/psql" -qX "$MARKETPLACE_POSTGRES_URL" -c "create database sale_$round"
    mkdir "$WORK/postgres-$round"
    kill_and_resume "$round" "$WORK/postgres-$round" --store "$database"
    rm -rf "$WORK/postgres-$round"
    "$POSTGRES_BIN/psql" -qX "$MARKETPLACE_POSTGRES_URL" -c "drop database sale_$round"
done
[ "$begun" -gt 0 ] || fail "no process was killed in the middle of a sale on PostgreSQL"
expect 0 'paid: 9000 KRW' first-checkout --store "$MARKETPLACE_POSTGRES_URL"
expect 0 'The trip to Jeju' trip-booking --store "$MARKETPLACE_POSTGRES_URL"
expect 64 'takes memory, sqlite:FILE or postgres://...' flash-sale --store postgres:
expect 73 '' flash-sale --store "postgres://nobody@127.0.0.1:1/none" --gateway-record "$WORK/gateway-none"

rounds=2
[ "$FULL" = 1 ] && rounds=100
begun=0
for ((round = 1; round <= rounds; round++)); do
    folder="$WORK/sale-$round"
    mkdir "$folder"
    kill_and_resume "$round" "$folder" --store "sqlite:$folder/sale.db"
    [ "$round" = "$rounds" ] || rm -rf "$folder"
done
[ "$begun" -gt 0 ] || fail "no process was killed in the middle of a sale"

# What an auditor must notice: a purchase that was acknowledged and is not there.
printf 'bought\t01890000-0000-7000-8000-000000000001\n' >>"$folder/acknowledged"
expect 1 '01890000-0000-7000-8000-000000000001' flash-sale "${sale[@]}" --resume

# Wrong and contradicting options.
expect 64 'holds a sale already' flash-sale --store "sqlite:$folder/sale.db"
expect 64 'is 2000 in the sale that is there, not 500' flash-sale --store "sqlite:$folder/sale.db" --resume --buyers 500
expect 64 'is gone with it' flash-sale --resume
expect 64 'takes memory, sqlite:FILE or postgres://...' flash-sale --store redis:here
expect 64 'takes memory, sqlite:FILE or postgres://...' flash-sale --store sqlite:
expect 64 'takes a new or empty file' flash-sale --store "sqlite:$WORK/new.db" --acknowledged "$folder/acknowledged"
expect 64 'takes a new or empty file' flash-sale --store "sqlite:$WORK/new.db" --gateway-record "$folder/gateway"
expect 73 'cannot be opened' flash-sale --store "sqlite:$WORK/no/such/folder/sale.db"
echo 'no database' >"$WORK/other.db"
expect 73 'not a database' flash-sale --store "sqlite:$WORK/other.db"

# The other examples, all in one file: each has its own part of it.
expect 0 'paid: 9000 KRW' first-checkout --store "sqlite:$folder/sale.db"
expect 0 '6 are available' first-checkout --store "sqlite:$folder/sale.db"
for scenario in success:0 refusal:3 unknown:0 stuck:3 takeover:0; do
    expect "${scenario#*:}" 'The trip to Jeju' trip-booking --scenario "${scenario%:*}" \
        --store "sqlite:$WORK/trip-${scenario%:*}.db"
done
expect 64 'holds a trip already' trip-booking --store "sqlite:$WORK/trip-success.db"
summarize "killed sales on PostgreSQL and $rounds in files, $begun in the middle; $acknowledged acknowledged before, none lost"
