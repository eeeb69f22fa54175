# Sourced by ./run and ./test: finds Python, makes .venv, installs the locked parts, builds what
# the browser loads. Steps say their size and how long since the start. Safe to run twice at once:
# a lock makes the second wait, and finished steps are stamped with the digest of what they used.
# Takes one argument: base (run-time parts only) or dev (with the test tools).

started=$(date +%s)
PYTHONUNBUFFERED=1
PIP_DISABLE_PIP_VERSION_CHECK=1
DEBIAN_FRONTEND=noninteractive
export PYTHONUNBUFFERED PIP_DISABLE_PIP_VERSION_CHECK DEBIAN_FRONTEND

say() { printf '[%3d s] %s\n' "$(($(date +%s) - started))" "$*" >&2; }

fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# install_packages NAMES... : with apt as root, else the exact line to type.
install_packages() {
  line="apt-get update && apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing system packages: $*"
    { apt-get update && apt-get install -y --no-install-recommends "$@"; } </dev/null >.setup-apt.log 2>&1 ||
      fail "The system packages could not be installed; the last lines of .setup-apt.log say why. Type: $line"
  else
    fail "Missing and not installable without root: $*. Type this, then run again:
  sudo sh -c '$line'"
  fi
}

find_python() {
  for candidate in python3.11 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      python=$candidate
      return
    fi
  done
  install_packages python3.11 python3.11-venv
  python=python3.11
}

make_environment() {
  if .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    return
  fi
  find_python
  rm -rf .venv
  say "Making the Python environment (.venv)"
  if ! "$python" -m venv .venv >.setup-venv.log 2>&1; then
    rm -rf .venv
    install_packages python3.11-venv
    "$python" -m venv .venv >.setup-venv.log 2>&1 || fail "The environment could not be made; .setup-venv.log says why."
  fi
}

# install_locked NAME SIZE : requirements/NAME.txt, every file checked against its hash.
install_locked() {
  want=$(cat "requirements/$1.txt" requirements/uv.txt | sha256sum | cut -d' ' -f1)
  if [ "$(cat ".venv/.stamp-$1" 2>/dev/null || true)" = "$want" ]; then
    return
  fi
  say "Installing the Python parts: $1 (about $2 on disk)"
  if .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r requirements/uv.txt >.setup-pip.log 2>&1 &&
    .venv/bin/uv pip install -q --python .venv/bin/python --require-hashes --only-binary :all: \
      -r "requirements/$1.txt" >>.setup-pip.log 2>&1; then
    :
  else
    # Where a machine's package mirror is set for pip alone, uv does not see it.
    .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r "requirements/$1.txt" >>.setup-pip.log 2>&1 ||
      fail "The Python parts could not be installed; the last lines of .setup-pip.log say why. Check the network, then run again."
  fi
  printf '%s\n' "$want" >".venv/.stamp-$1"
}

# The checkout itself: importable, and `.venv/bin/frankpledge`.
link_checkout() {
  folder=$(pwd -P)
  packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$folder" >"$packages/frankpledge-checkout.pth"
  cat >.venv/bin/.frankpledge.new <<END
#!/bin/sh
exec "$folder/.venv/bin/python" -m frankpledge.cli "\$@"
END
  chmod 755 .venv/bin/.frankpledge.new
  mv -f .venv/bin/.frankpledge.new .venv/bin/frankpledge
}

set_up() {
  exec 9>.setup-lock
  if command -v flock >/dev/null 2>&1 && ! flock -n 9; then
    say "Another set-up is under way in this folder; waiting for it"
    flock 9
  fi
  make_environment
  if [ "$1" = dev ]; then
    install_locked dev "1.1 GB"
    # The test set holds every run-time part, so ./run need not install again.
    cat requirements/base.txt requirements/uv.txt | sha256sum | cut -d' ' -f1 >.venv/.stamp-base
    tools=--with-test-tools
  else
    install_locked base "700 MB"
    tools=
  fi
  link_checkout
  [ -f build/assets/app.css ] || say "Building style sheet and fonts (about 40 MB of sources)"
  # shellcheck disable=SC2086
  .venv/bin/python scripts/build_assets.py $tools >&2 || fail "The browser's parts could not be built; the lines above say why."
  exec 9>&-
}
