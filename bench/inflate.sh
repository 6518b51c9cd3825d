#!/usr/bin/env bash
# How fast gzip is inflated on one core, as a table in Markdown: bench/inflate.sh OUT, a folder. Ours and klauspost/compress as
# `retrohunt bench` measures decoding to nowhere, libdeflate-gunzip and igzip as whole programs that write to /dev/null, in turn: once to warm up,
# then ROUNDS times; a cell is the median in GB/s decoded. Over eight files, one of each level, and small objects. CORPUS is where the
# logs are made (SIZE decoded). What is not installed has a dash.
source "$(dirname "$0")/common.sh"
size=${SIZE:-1GiB}
rounds=${ROUNDS:-7}

go build -trimpath -o "$tmp/retrohunt" ./cmd/retrohunt
gen gzip8 -files 8 -compress gzip -size "$size"
for level in 1 6 9; do gen level$level -compress gzip -level $level -size 128MiB; done
gen objects -objects 20000
sets=(gzip8 level1 level6 level9 objects)

# timed NAME SET COMMAND... keeps the seconds of a command that gets the set's files.
timed() {
  local name=$1 set=$2 start end
  shift 2
  command -v "$1" >/dev/null || return 0
  start=$EPOCHREALTIME
  find "$corpus/$set/logs/" -name '*.gz' -print0 | xargs -0 -n 2000 "$@" >/dev/null
  end=$EPOCHREALTIME
  [ "$round" -eq 0 ] || echo $((${end/./} - ${start/./})) | awk '{ print $1 / 1e6 }' >>"$tmp/$set.$name"
}
for ((round = 0; round <= rounds; round++)); do
  for set in "${sets[@]}"; do
    "$tmp/retrohunt" --config none bench --rounds 1 -j 1 -t json "$corpus/$set/logs" >"$tmp/bench"
    jq .decoded "$tmp/bench" >"$tmp/$set.decoded"
    if [ "$round" -gt 0 ]; then
      jq '.passes[] | select(.pass == "decode").median' "$tmp/bench" >>"$tmp/$set.ours"
      jq '.passes[] | select(.pass == "decode, library").median' "$tmp/bench" >>"$tmp/$set.library"
    fi
    timed libdeflate "$set" libdeflate-gunzip -c
    timed igzip "$set" igzip -dc
  done
done

rate() { # SET NAME
  [ -e "$tmp/$1.$2" ] || { echo -n -; return; }
  median <"$tmp/$1.$2" | awk -v bytes="$(cat "$tmp/$1.decoded")" '{ printf "%.2f", bytes / 1e9 / $1 }'
}
{
  echo "| corpus | ours | klauspost/compress | libdeflate-gunzip | igzip |"
  echo "|---|--:|--:|--:|--:|"
  for set in "${sets[@]}"; do
    echo "| $set | $(rate "$set" ours) | $(rate "$set" library) | $(rate "$set" libdeflate) | $(rate "$set" igzip) |"
  done
} >"$out/inflate.md"
cat "$out/inflate.md"
