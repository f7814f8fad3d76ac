# Shared by run.sh and test.sh: what to install and how. Sourced, never run.

say() { printf '\n\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
cd "$root" || exit 1

build_packages=(
    g++ cmake ninja-build ccache pkg-config git ca-certificates
    glslc spirv-tools libvulkan-dev libopenblas-dev libpcre2-dev libsqlite3-dev libxxhash-dev nlohmann-json3-dev libcli11-dev libglm-dev
    qt6-base-dev qt6-declarative-dev qt6-shadertools-dev qt6-shader-baker qt6-l10n-tools qt6-tools-dev libgl-dev libxkbcommon-dev
)
run_packages=(
    mesa-vulkan-drivers libvulkan1 fonts-inter fonts-noto-core fonts-dejavu-core xvfb xauth dbus at-spi2-core
    qml6-module-qtquick qml6-module-qtqml qml6-module-qtqml-workerscript
)
test_packages=(
    chromium ffmpeg libgtest-dev libgmock-dev libbenchmark-dev vulkan-validationlayers clang-format-14 clang-14 libclang-rt-14-dev sqlite3 python3-numpy
    shared-mime-info
)

# install_missing PACKAGE…: installs what dpkg does not have yet; does nothing, and needs no rights, when all are there.
install_missing() {
    command -v apt-get >/dev/null || fail "this script installs Debian or Ubuntu packages, but apt-get is not here. \
Install the equivalents of these and build with 'cmake --preset release': $*"
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "All $# packages are installed"
        return
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing and there is no sudo; run this as root or install them: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -q || fail "the package lists could not be fetched; is the network up?"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" ||
        fail "a package could not be installed (see above); Debian 12 and Ubuntu 24.04 have them all"
}

# build_preset PRESET TARGETS… -- CMAKE_ARGUMENTS…
build_preset() {
    local preset=$1 targets=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        targets+=("$1")
        shift
    done
    [ $# -gt 0 ] && shift
    say "Configuring build/$preset"
    cmake --preset "$preset" "$@" --log-level=WARNING || fail "configuring '$preset' failed (see above)"
    say "Building ${targets[*]} in build/$preset"
    cmake --build --preset "$preset" --target "${targets[@]}" || fail "building '$preset' failed (see above)"
}
