# The format of every Swift file.
source "$(dirname "$0")/common.sh"
swift format lint --strict --parallel --recursive Package.swift Sources Tests Examples
