#!/usr/bin/env bash
# Installs what is missing, builds everything with warnings as errors and runs every test: the whole suite on the release build, the
# engine's tests again under the address and undefined-behaviour sanitizers, those that use threads under the thread sanitizer, and a
# short search of the file parsers' fuzzers.
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

# any_of NAMES…: the regular expression for ctest that matches exactly these.
any_of() { (IFS='|' && echo "^($*)\$"); }

# The tests of what reads foreign bytes, keeps state or uses threads, on the CPU backend: what a driver leaks would be called ours. The
# presets asan and tsan build the rest too, for work on it.
sanitized=(base_test text_test trace_test diffusion_test)
build_preset asan "${sanitized[@]}"
once_per_build "the engine's tests under ASan and UBSan" build/asan/tests/*/*_test -- \
    ctest --preset asan -R "$(any_of "${sanitized[@]}")" -j 2

# A driver is not built with the thread sanitizer, so the operations run on the CPU backend alone; it has all threads of ours.
threaded=(base_test trace_test diffusion_test ops_test)
build_preset tsan "${threaded[@]}"
once_per_build "the tests with threads under TSan" build/tsan/tests/*/*_test -- \
    ctest --preset tsan -R "$(any_of "${threaded[@]}")" -j 2

# Long enough to go through the seeds a few thousand times each; what it finds is kept in build/fuzz, crashing inputs too.
fuzzed=(gguf safetensors config tokenizer_json chat_template trace)
build_preset fuzz "${fuzzed[@]/%/_fuzz}" gguf_fuzz_seeds checkpoint_fuzz_seeds tokenizer_json_fuzz_seeds chat_template_fuzz_seeds trace_fuzz_seeds -- -DCRYSTALLITE_FUZZ_SECONDS=20
for parser in "${fuzzed[@]}"; do
    once_per_build "20 seconds of fuzzing the $parser parser" "build/fuzz/tests/fuzz/${parser}_fuzz" build/fuzz/tests/fuzz/*_seeds -- \
        cmake --build --preset fuzz --target "fuzz_$parser"
done

say "Every test passed"
