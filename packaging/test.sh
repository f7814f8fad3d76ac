#!/usr/bin/env bash
# Installs what is missing, builds everything with warnings as errors and runs every test: the whole suite on the release build, the
# engine's tests again under the address, undefined-behaviour and thread sanitizers, and each fuzz target for a short time.
set -euo pipefail
# shellcheck source=packaging/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"

build_preset release all -- -DCRYSTALLITE_TESTS=ON
say "Running the whole suite"
ctest --preset release -j 2 || fail "tests failed (see above)"

# once_per_build NAME FILES… -- COMMAND…: the slow re-runs under instrumentation depend on nothing but their binaries, so one that
# passed is not repeated until a binary changes.
once_per_build() {
    local name=$1 files=() stamp=$root/build/passed-$1 now
    shift
    while [ "$1" != -- ]; do
        files+=("$1")
        shift
    done
    shift
    now=$(cat "${files[@]}" | sha256sum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
        say "$name passed before with exactly these binaries; delete $stamp to repeat it"
        return
    fi
    say "Running $name"
    "$@" || fail "$name failed (see above)"
    printf '%s\n' "$now" >"$stamp"
}

say "Building with the address and undefined-behaviour sanitizers"
build_preset asan engine_tests
once_per_build "the engine's tests under ASan and UBSan" build/asan/tests/*/*_test -- \
    env CRYSTALLITE_TEST_BACKENDS=cpu ctest --preset asan -L unit -j 2

say "Building with the thread sanitizer"
build_preset tsan engine_tests
once_per_build "the engine's tests under TSan" build/tsan/tests/*/*_test -- \
    env CRYSTALLITE_TEST_BACKENDS=cpu ctest --preset tsan -L threads -j 2

build_preset fuzz fuzz_targets
for target in build/fuzz/tests/fuzz/*_fuzz; do
    corpus=tests/fuzz/seeds/$(basename "$target" _fuzz)
    scratch=$(mktemp -d)
    once_per_build "20 s of $(basename "$target")" "$target" -- "$target" -max_total_time=20 -print_final_stats=0 -verbosity=0 "$scratch" "$corpus"
    rm -rf "$scratch"
done

say "Every test passed"
