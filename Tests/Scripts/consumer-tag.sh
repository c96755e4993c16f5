# A package that imports every product by URL and version: a clone of the committed tree with a tag of its own.
source "$(dirname "$0")/common.sh"
clone="$WORK/swift-marketplace"
# The checkout may belong to somebody else, as in a container.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
if git -C "$ROOT" rev-parse --verify --quiet HEAD >/dev/null; then
    git clone --quiet --no-checkout "file://$ROOT" "$clone"
    summary="no warnings, no C, at $(git -C "$clone" rev-parse --short HEAD)"
else
    # An unpacked archive has no history: its files are committed to a repository of their own.
    mkdir "$clone"
    tar -C "$ROOT" --exclude=.build --exclude=.git -cf - . | tar -C "$clone" -xf -
    git -C "$clone" init --quiet
    git -C "$clone" add --all
    git -C "$clone" -c user.name=tests -c user.email=tests@localhost commit --quiet --message "The files as they are"
    summary="no warnings, no C, from an archive"
fi
git -C "$clone" tag 1.0.0 HEAD
export MARKETPLACE_URL="file://$clone"
# What is built is the same as by path: here it is about how the package is found. The whole comes with the long runs.
product=money
[ "$FULL" = 1 ] && product=everything
build_consumer consumer-tag "$product"
summarize "$summary"
