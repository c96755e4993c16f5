# Documents that libFuzzer makes up, through the reader of documents: nothing may trap, hang or grow without bound.
#
# An input that breaks something is printed and kept, outside of the tree, in the folder MARKETPLACE_FINDINGS names or
# in one of its own. It is given to the fuzzer again with `Tests/run --only fuzz`, and to a debugger with
# `swift test --filter CorpusTests`, as soon as it lies in Tests/Fuzz/Corpus.
source "$(dirname "$0")/common.sh"
SECONDS_OF_FUZZING=20
[ "$FULL" = 1 ] && SECONDS_OF_FUZZING=600
# An input of some kilobytes takes well under a millisecond, and all of a run well under 100 MB.
SECONDS_PER_INPUT=5
MEGABYTES=512
MEGABYTES_AT_ONCE=64

# A build of its own: every module tells the fuzzer which ways it takes. To optimise it pays for long campaigns.
BUILD=(-c release --scratch-path "$WORK/fuzz" --target FuzzSubject -Xswiftc -gnone -Xswiftc -sanitize=fuzzer)
[ "$FULL" = 1 ] || BUILD+=(-Xswiftc -Onone)
swift build "${BUILD[@]}" "${WARNINGS[@]}"
built="$(swift build -c release --scratch-path "$WORK/fuzz" --show-bin-path)"
find "$built" -name '*.swift.o' -o -name '*.o' -path '*.build/*' | sort -u >"$WORK/objects.txt"
swiftc -O -parse-as-library -sanitize=fuzzer -swift-version 6 -I "$built/Modules" \
    Tests/Fuzz/Harness.swift @"$WORK/objects.txt" -o "$WORK/fuzzer"

findings="${MARKETPLACE_FINDINGS:-${TMPDIR:-/tmp}/marketplace-findings}"
mkdir -p "$findings" "$WORK/corpus"
if ! "$WORK/fuzzer" -max_total_time="$SECONDS_OF_FUZZING" -timeout="$SECONDS_PER_INPUT" -rss_limit_mb="$MEGABYTES" \
    -malloc_limit_mb="$MEGABYTES_AT_ONCE" -dict=Tests/Fuzz/json.dict -artifact_prefix="$findings/" \
    -print_final_stats=1 "$WORK/corpus" Tests/Fuzz/Corpus >"$WORK/fuzz.txt" 2>&1; then
    tail -n 60 "$WORK/fuzz.txt"
    found="$(sed -n 's/.*Test unit written to //p' "$WORK/fuzz.txt" | tail -n 1)"
    [ -z "$found" ] || { echo "--- the input"; cat "$found"; echo; echo "--- end of the input"; }
    fail "a document breaks its reader; it is kept as ${found:-nothing}"
fi
runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$WORK/fuzz.txt")"
memory="$(sed -n 's/^stat::peak_rss_mb: *//p' "$WORK/fuzz.txt")"
[ "${runs:-0}" -gt 1000 ] || { cat "$WORK/fuzz.txt"; fail "hardly anything was fuzzed"; }
summarize "$runs documents in $SECONDS_OF_FUZZING s, at most $memory MB"
