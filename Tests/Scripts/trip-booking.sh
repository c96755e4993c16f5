# Every scenario of the trip booking ends with the exit code its help names, and writes its picture and its timeline.
source "$(dirname "$0")/common.sh"
build_tested
trip="$PROGRAMS/trip-booking"
"$trip" --help >"$WORK/help.txt" || fail "--help does not end with 0"

# Runs the command with the arguments after the code, and refuses another code.
expect() {
    local wanted="$1" got=0
    shift
    "$trip" "$@" >"$WORK/trip.txt" 2>&1 || got=$?
    [ "$got" = "$wanted" ] || fail "trip-booking $* ended with $got instead of $wanted: $(tail -n 3 "$WORK/trip.txt")"
}

for scenario in success:0 refusal:3 unknown:0 stuck:3 takeover:0; do
    name="${scenario%:*}"
    grep -q "$name" "$WORK/help.txt" || fail "--help does not name $name"
    rm -f "$WORK/trip.svg" "$WORK/trip.json"
    expect "${scenario#*:}" --scenario "$name" --picture "$WORK/trip.svg" --json "$WORK/trip.json" --mermaid --list
    grep -q '^</svg>$' "$WORK/trip.svg" || fail "$name wrote no picture"
    [ -s "$WORK/trip.json" ] || fail "$name wrote no timeline"
    grep -q '^flowchart TD$' "$WORK/trip.txt" || fail "$name printed no flowchart"
done
expect 4 --scenario stuck --operator nothing
expect 3 --scenario stuck --operator mark-compensated
expect 64 --scenario holiday
expect 64 --operator
expect 73 --picture "$WORK/no/such/folder/trip.svg"
summarize "5 scenarios, 5 exit codes"
