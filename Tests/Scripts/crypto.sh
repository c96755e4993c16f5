# Passwords, tokens and sealed fields, with their trait.
source "$(dirname "$0")/common.sh"

test_adapter MarketplaceCryptoTests
summarize "$TESTS"
