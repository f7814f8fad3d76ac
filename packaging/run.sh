#!/usr/bin/env bash
# Installs what is missing, builds the release and starts Crystallite on the embedded model with a sample prompt ready.
# Without a display the same program runs under a virtual one, denoises the sample prompt and leaves pictures in ./crystallite-out/.
set -euo pipefail
# shellcheck source=packaging/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing "${build_packages[@]}" "${run_packages[@]}"
build_preset release crystallite crystallite-cli -- -DCRYSTALLITE_TESTS=OFF

program=$root/build/release/app/crystallite
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Starting Crystallite"
    exec "$program" "$@"
fi

out=$root/crystallite-out
say "No display: running Crystallite under a virtual one"
mkdir -p "$out" || fail "cannot create $out"
QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1600x1000x24' "$program" --screenshots "$out" "$@" ||
    fail "the program ended with an error (see above)"
say "Pictures of the run and its trace are in $out:"
ls -1 "$out"
