# Every target and every test, with warnings as errors.
source "$(dirname "$0")/common.sh"
build_tested
summarize "no warnings"
