# Passwords, tokens and sealed fields, with their trait.
source "$(dirname "$0")/common.sh"
build_tested
run_tests "$WORK/crypto.txt" --filter MarketplaceCryptoTests
summarize "$TESTS"
