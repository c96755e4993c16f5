# A package that imports every product by path.
source "$(dirname "$0")/common.sh"
export MARKETPLACE_PATH="$ROOT"
build_consumer consumer-path
summarize "every product, no warnings, no C"
