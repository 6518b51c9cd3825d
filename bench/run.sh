#!/usr/bin/env bash
# Measures everything that docs/performance.md quotes, and keeps it: bench/run.sh OUT, a folder such as bench/runs/DATE-CPU.
# CORPUS is where the logs are made (SIZE decoded, once plain, once gzip), ROUNDS how many rounds count. Beside the raw output
# OUT gets machine.txt, and the curves that bench/curves draws of curves.tsv.
source "$(dirname "$0")/common.sh"
size=${SIZE:-256MiB}
export ROUNDS=${ROUNDS:-5}
retrohunt=bin/retrohunt

gen plain -size "$size" -files 8
gen gzip8 -size "$size" -files 8 -compress gzip
plain=$corpus/plain/logs gz=$corpus/gzip8/logs
for logs in "$plain" "$gz"; do
  "$retrohunt" --config none hunt "$logs" -t jsonl --summary none | diff - "${logs%/logs}/expected.jsonl" >/dev/null ||
    { echo "the rows of $logs are not those that the generator expects" >&2; exit 1; }
done

{
  echo "commit   $(git rev-parse --short HEAD)"
  echo "command  SIZE=$size ROUNDS=$ROUNDS bench/run.sh OUT"
  echo "cpu      $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores"
  echo "system   $(uname -sr), $(go env GOVERSION)"
  echo "load     $(cut -d' ' -f1-3 /proc/loadavg) when the run began, of which nothing is ours"
} >"$out/machine.txt"

# Whole passes, beside their floor; then what others take.
"$retrohunt" --config none bench --rounds "$ROUNDS" -t json "$plain" >"$out/bench-plain.json"
"$retrohunt" --config none bench --rounds "$ROUNDS" -t json "$gz" >"$out/bench-gzip.json"
"$retrohunt" --config none bench --rounds "$ROUNDS" -j 1 -t json "$gz" >"$out/bench-gzip-j1.json"

# The curves: seconds of a hunt as one thing grows, in turn. A line is curve, x, seconds of a round.
hunt() { # CURVE X ARGUMENTS...
  local curve=$1 x=$2 start end
  shift 2
  start=$EPOCHREALTIME
  "$retrohunt" --config none hunt --summary none -o "$tmp/rows.jsonl" --force "$@"
  end=$EPOCHREALTIME
  [ "$round" -eq 0 ] || echo "$curve $x $((${end/./} - ${start/./}))" | awk '{ printf "%s\t%s\t%.4f\n", $1, $2, $3 / 1e6 }' >>"$out/curves.tsv"
}
for n in 1 4 16 64 256; do
  mkdir -p "$tmp/rules$n"
  for ((i = 0; i < n; i++)); do
    word=$(printf 'tool%05dx' $((i * 7919 % 100000)))
    echo "_sourceCategory=*Windows* | json auto nodrop | where CommandLine matches \"*$word*\" | count by Hostname" >"$tmp/rules$n/$i.sumo"
  done
done
for digits in 1 2 3 8; do
  echo "_sourceCategory=*AWS/CloudTrail* | json auto nodrop | substring(eventID, 0, $digits) as head | count by head" >"$tmp/groups$digits.sumo"
done
files=("$plain"/*.jsonl)
: >"$out/curves.tsv"
for ((round = 0; round <= ROUNDS; round++)); do
  for n in 1 2 4 8; do hunt input "$(cat "${files[@]:0:n}" | wc -c)" "${files[@]:0:n}"; done
  for n in 1 4 16 64 256; do hunt detections "$n" -r "$tmp/rules$n" "${files[@]:0:2}"; done
  for digits in 1 2 3 8; do
    hunt groups "$digits" -r "$tmp/groups$digits.sumo" "${files[@]:0:2}"
    groups[digits]=$(wc -l <"$tmp/rows.jsonl")
  done
  for ((j = 1; j <= $(nproc); j++)); do
    hunt cores-plain "$j" -j "$j" "$plain"
    hunt cores-gzip "$j" -j "$j" "$gz"
  done
done
for digits in "${!groups[@]}"; do sed -i "s/^groups\t$digits\t/groups\tn${groups[digits]}\t/" "$out/curves.tsv"; done
sed -i 's/^groups\tn/groups\t/' "$out/curves.tsv"
go run ./bench/curves "$out"

go test -run '^$' -bench . -benchtime 200ms -count 5 ./bench >"$out/layers.txt"
bench/peers.sh "$plain" >"$out/peers-plain.txt"
bench/peers.sh "$gz" >"$out/peers-gzip.txt"
export CORPUS=$corpus SIZE=$size
bench/tables.sh "$out"
bench/inflate.sh "$out"
