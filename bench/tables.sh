#!/usr/bin/env bash
# How long hunts and full scans take, as tables in Markdown: bench/tables.sh OUT, a folder. With and without prefilter, built with
# vectors and assembly and without (the tag purego), by one worker, two and eight, over the corpus plain, as eight gzip files, as one, and
# as zstd, and over the logs in SAMPLES if that is set. All must print the same rows. Each is run once to warm up, then ROUNDS times in
# turn with all others; a cell is the median in seconds. CORPUS is where the logs are made (SIZE decoded).
source "$(dirname "$0")/common.sh"
size=${SIZE:-1GiB}
rounds=${ROUNDS:-5}

go build -trimpath -o "$tmp/vectors" ./cmd/retrohunt
go build -trimpath -tags purego -o "$tmp/purego" ./cmd/retrohunt
gen plain -size "$size" -files 8
gen gzip8 -size "$size" -files 8 -compress gzip
gen gzip1 -size "$size" -files 1 -compress gzip
gen zstd8 -size "$size" -files 8 -compress zstd
declare -A logs=([plain]=$corpus/plain/logs [gzip8]=$corpus/gzip8/logs [gzip1]=$corpus/gzip1/logs [zstd8]=$corpus/zstd8/logs)
columns=(plain gzip8 gzip1 zstd8)
if [ -n "${SAMPLES:-}" ]; then logs[samples]=$SAMPLES columns+=(samples); fi

# ask COLUMN BUILD WORKERS FLAGS...: the rows, whose exit code 4 says that a sample is damaged, as some are.
ask() {
  local column=$1 build=$2 workers=$3
  shift 3
  "$tmp/$build" --config none "$@" "${logs[$column]}" -j "$workers" -t jsonl --summary none || [ $? -eq 4 ]
}
# measured NAME COLUMN BUILD WORKERS FLAGS...: asks, compares the rows with those of the first that asked the same, and keeps the time.
measured() {
  local name=$1 column=$2 start end
  start=$EPOCHREALTIME
  ask "${@:2}" >"$tmp/rows"
  end=$EPOCHREALTIME
  local reference=$tmp/$5.$column.reference
  [ -e "$reference" ] || cp "$tmp/rows" "$reference"
  cmp "$tmp/rows" "$reference" || { echo "other rows: $*" >&2; exit 1; }
  [ "$round" -eq 0 ] || echo $((${end/./} - ${start/./})) >>"$tmp/$name.$column.us"
}
seconds() { median <"$1" | awk '{ printf "%.3f", $1 / 1e6 }'; }

rows=()
for build in vectors purego; do
  for flag in "" --no-prefilter; do
    for workers in 1 2 8; do rows+=("$build $workers hunt $flag"); done
  done
  for workers in 1 2 8; do rows+=("$build $workers query"); done
done
for ((round = 0; round <= rounds; round++)); do
  for row in "${rows[@]}"; do
    read -ra flags <<<"$row"
    [ "${flags[2]}" != query ] || flags+=('* | json auto | count by eventName, awsRegion')
    for column in "${columns[@]}"; do measured "${row// /_}" "$column" "${flags[@]}"; done
  done
done

{
  echo "| build | workers | | $(printf '%s | ' "${columns[@]}")"
  echo "|---|--:|---|$(printf -- '--:|%.0s' "${columns[@]}")"
  for row in "${rows[@]}"; do
    read -r build workers what <<<"$row"
    cells=()
    for column in "${columns[@]}"; do cells+=("$(seconds "$tmp/${row// /_}.$column.us")"); done
    echo "| $build | $workers | $what | $(printf '%s | ' "${cells[@]}")"
  done
} | sed "s/ $//" >"$out/tables.md"
cat "$out/tables.md"
