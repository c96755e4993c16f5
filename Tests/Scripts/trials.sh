# As a whole, what the suite tests makes in part: long walks, random histories, storms, every second crash.
source "$(dirname "$0")/common.sh"
if [ "$FULL" = 1 ]; then
    summarize "the suite tests has made them, in long campaigns"
    exit 0
fi
# The suites, each in a file of its name, that ask how much they are to go through.
mapfile -t files < <(grep -rlE 'PropertyRun\.(whole\(|part\(|isWhole)' Tests --include='*Tests.swift')
[ "${#files[@]}" -gt 0 ] || fail "no suite has trials"
TRIALS="$(basename -s .swift "${files[@]}" | paste -sd '|')"
build_tested
export MARKETPLACE_CAMPAIGNS=whole
run_tests "$WORK/trials.txt" --filter "\.($TRIALS)/"
for suite in ${TRIALS//|/ }; do grep -q "Suite $suite passed" "$WORK/trials.txt" || fail "$suite was not run"; done
summarize "$TESTS"
