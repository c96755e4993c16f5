# An executable of the modules without Foundation must not load it: in debug, and with --full in release.
source "$(dirname "$0")/common.sh"
export MARKETPLACE_PATH="$ROOT"
# What the consumer by path has built already need not be built again.
place="$WORK/consumer-path"
[ -d "$place" ] || cp -R "$ROOT/Tests/Consumer" "$place"
configurations=(debug)
[ "$FULL" = 1 ] && configurations+=(release)
for configuration in "${configurations[@]}"; do
    consumer_build "$place" -c "$configuration" --product core-only
    refuse_foundation "$place/.build/$configuration/core-only"
done
# The check must be able to fail: an executable that uses the JSON codec does load it.
consumer_build "$place" --product everything
ldd "$place/.build/debug/everything" >"$WORK/loaded.txt"
grep -Eq 'lib_?Foundation' "$WORK/loaded.txt" \
    || fail "an executable with the JSON codec loads no Foundation, so this check sees nothing"
summarize "core-only loads no Foundation"
