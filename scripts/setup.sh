#!/bin/sh
# Makes a machine ready to build kyoten, and says what is missing where it cannot.
#
# Cargo brings every library. What it cannot bring is needed by libproj and SQLite, which are compiled with kyoten: a C and a
# C++ compiler, make, cmake, and the program sqlite3, which writes PROJ's database of reference systems during the build.
# On Debian and Ubuntu these are installed, elsewhere they are named. Run again, it changes nothing.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# The Debian packages of what is not there, as one line.
missing_packages() {
    set --
    { has cc && has c++ && has make; } || set -- "$@" build-essential
    has cmake || set -- "$@" cmake
    has sqlite3 || set -- "$@" sqlite3
    # Cargo checks crates.io by the system's certificates; other systems keep them elsewhere.
    { ! has apt-get || [ -e /etc/ssl/certs/ca-certificates.crt ]; } || set -- "$@" ca-certificates
    echo "$*"
}

# Runs a command as root; its output is shown only when it fails.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then set -- env DEBIAN_FRONTEND=noninteractive "$@"
    else set -- sudo env DEBIAN_FRONTEND=noninteractive "$@"; fi
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

install_packages() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    has apt-get || fail "not found: $packages (as Debian names them)." \
        "Install a C and C++ compiler, make, cmake and sqlite3, then run this again:" \
        "  Fedora   dnf install gcc gcc-c++ make cmake sqlite" \
        "  Arch     pacman -S base-devel cmake sqlite" \
        "  Alpine   apk add build-base cmake sqlite" \
        "  macOS    xcode-select --install && brew install cmake"
    [ "$(id -u)" -eq 0 ] || has sudo || fail "not found: $packages" \
        "Run as root: apt-get install -y --no-install-recommends $packages"
    say "installing $packages"
    # A source that cannot be reached need not be the one that is asked for.
    as_root apt-get update -q || say "apt-get update failed (above); trying with the package lists that are there"
    # shellcheck disable=SC2086 # a list of words
    as_root apt-get install -y -q --no-install-recommends $packages ||
        fail "apt-get could not install: $packages" "Mend what it says above, then run this again."
    left=$(missing_packages)
    [ -z "$left" ] || fail "installed, and still not found: $left" "Look at PATH, then run this again."
}

# `version_at_least HAVE WANT`: compares the first two numbers of a version.
version_at_least() {
    [ "${1%%.*}" -gt "${2%%.*}" ] && return
    have_rest=${1#*.} want_rest=${2#*.}
    [ "${1%%.*}" -eq "${2%%.*}" ] && [ "${have_rest%%.*}" -ge "${want_rest%%.*}" ]
}

check_cargo() {
    wanted=$(sed -n 's/^rust-version *= *"\(.*\)".*/\1/p' Cargo.toml)
    # A shell that was open when Rust was installed does not have it in its PATH.
    if ! has cargo && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
        fail "cargo is installed but not in PATH. Run: . \"${CARGO_HOME:-$HOME/.cargo}/env\""
    fi
    has cargo || fail "cargo not found. Install Rust $wanted or newer from https://rustup.rs, then run this again."
    version=$(cargo --version) || fail "cargo --version failed; reinstall Rust $wanted or newer from https://rustup.rs."
    version=${version#cargo }
    version=${version%% *}
    version_at_least "$version" "$wanted" ||
        fail "cargo is $version, kyoten needs $wanted or newer. Run: rustup update   (or see https://rustup.rs)"
}

install_packages
check_cargo
say "ready, with cargo $version"
