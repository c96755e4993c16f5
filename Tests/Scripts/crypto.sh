# Passwords, tokens and sealed fields, with their trait.
source "$(dirname "$0")/common.sh"

install_crypto

place="$ROOT/.build/crypto/package"
mkdir -p "$place"
for folder in Sources Tests; do ln -sfn "$ROOT/$folder" "$place/$folder"; done
cp "$ROOT/Tests/Crypto/Package.swift" "$place/Package.swift"
swift test --package-path "$place" --scratch-path "$ROOT/.build/crypto/tests" --traits Crypto --disable-xctest \
    --filter MarketplaceCryptoTests "${WARNINGS[@]}" 2>&1 | tee "$WORK/crypto.txt"
refuse_warnings "$WORK/crypto.txt"
grep -Eq 'Test run with [1-9][0-9]* tests' "$WORK/crypto.txt" || fail "no tests were run"
tests="$(grep 'Test run with' "$WORK/crypto.txt" | tail -n 1 | sed 's/.*Test run with //')"
summarize "$tests"
