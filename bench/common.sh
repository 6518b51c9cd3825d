# What run.sh, tables.sh and inflate.sh begin with; the folder OUT is their first argument. CORPUS is where logs are made, SIZE decoded.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."
out=${1:?usage: $0 OUT}
corpus=${CORPUS:-bench/corpus}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$out"

# gen NAME FLAGS... makes a corpus, unless it is there.
gen() { [ -d "$corpus/$1" ] || go run ./bench/gen -dir "$corpus/$1" "${@:2}"; }

# median prints the median of the numbers on standard input, one a line, which must not be none.
median() { sort -n | awk '{ n[NR] = $1 } END { print (n[int((NR + 1) / 2)] + n[int((NR + 2) / 2)]) / 2 }'; }
