# What ./run, ./test and ./bench share: each brings about one thing, and only when it is not there yet.
# Sourced with $root set to the checkout.

logs=$root/artifacts/log
stamps=$root/artifacts/stamps

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$1"
  exit "${2:-1}"
}

# step NAME WHAT COMMAND…: runs a command with its output in a log; on failure shows the log's end.
step() {
  local name=$1 what=$2 log=$logs/$1.log start=$SECONDS
  shift 2
  mkdir -p "$logs"
  say "· $what"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    # npm says first what went wrong, everyone else last.
    sed -n '1,8p' "$log" >&2
    (($(wc -l <"$log") <= 8)) || tail -n +9 "$log" | tail -n 20 >&2
    fail "This failed: $what. All of its output is in $log."
  fi
  if ((SECONDS - start >= 10)); then say "  took $((SECONDS - start)) s"; fi
}

# fingerprint PATH…: changes when a file below the paths comes, goes or is written; build output does not count.
fingerprint() {
  find "$@" \( -name node_modules -o -name dist -o -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
}

# when_changed NAME FINGERPRINT RESULT COMMAND…: runs the command unless it made RESULT from this fingerprint already.
when_changed() {
  local stamp=$stamps/$1 wanted=$2 result=$3
  shift 3
  [[ -e $result && -f $stamp && $(<"$stamp") == "$wanted" ]] && return
  mkdir -p "$stamps"
  # Two starts at once build one after the other, and the second then finds it done.
  exec {lock}>"$stamps/.lock"
  flock "$lock"
  if ! [[ -e $result && -f $stamp && $(<"$stamp") == "$wanted" ]]; then
    rm -f "$stamp"
    "$@"
    printf '%s\n' "$wanted" >"$stamp"
  fi
  exec {lock}>&-
}

need() { command -v "$1" >/dev/null || fail "$1 is missing; $2"; }

need_dotnet() { need dotnet "install the .NET 10 SDK (https://dotnet.microsoft.com/download)."; }

# The database's programs, unless an external database is named.
setup_postgres() {
  [[ -n ${ConnectionStrings__ChainSync:-} ]] && return
  if [[ $EUID -eq 0 ]]; then need setpriv "install the package util-linux (PostgreSQL refuses to run as root)."; fi
  need setsid "install the package util-linux."
  local folder=$root/eng/postgres
  when_changed postgres "$(fingerprint "$folder")" "$folder/node_modules/.installed" \
    step postgres "installing PostgreSQL's programs" "$folder/install"
}

# `npm ci` would refuse the lock file, which names only those builds of a native package that its registry had; this
# installs just what the lock names, too, and leaves it as it is.
install_web() { (cd "$root/web" && npm install --no-save --ignore-scripts --no-audit --no-fund); }

build_web() { (cd "$root/web" && npm run build); }

setup_web_packages() {
  [[ -f $root/web/package.json ]] || return 0
  need npm "install Node.js 20 or newer."
  when_changed web-packages "$(sha256sum <"$root/web/package-lock.json")" "$root/web/node_modules" \
    step web-packages "installing the pages' packages" install_web
}

setup_web() {
  [[ -f $root/web/package.json ]] || return 0
  setup_web_packages
  when_changed web "$(fingerprint "$root/web")" "$root/web/dist/index.html" \
    step web "building the pages" build_web
}

# Nothing of the build stays behind when a server starts; ./test prefers the compiler to stay warm.
build_flags=(--disable-build-servers)

# build_dotnet NAME CONFIGURATION RESULT TARGET SOURCE…
build_dotnet() {
  local name=$1 configuration=$2 result=$3 target=$4
  shift 4
  need_dotnet
  local shared=("$root"/Directory.*.props "$root/global.json" "$root/.editorconfig" "$root/eng/BannedSymbols.txt")
  when_changed "$name" "$(fingerprint "${shared[@]}" "$@")" "$result" \
    step "$name" "building ${target#"$root"/}" \
    dotnet build "$target" --configuration "$configuration" "${build_flags[@]}" --verbosity quiet
}
