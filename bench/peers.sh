#!/usr/bin/env bash
# What others take for the question of T1021.007 over the same JSON lines: bench/peers.sh DIR, of *.jsonl or of *.jsonl.gz.
# Three questions: which lines hold one of the texts that the detection needs (candidates), what its rows are, counted by
# actor, address and command line (answers), and one that looks into all events: how many there are by eventName and awsRegion (counts).
# All that answer a question must answer the same. Each is run once to warm up, then ROUNDS times in turn, but for those whose names
# SKIP holds. What is not installed is named. One line a contender: question, name, median in seconds, GB/s decoded, then the seconds
# of each round.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: bench/peers.sh DIR}
rounds=${ROUNDS:-5}
retrohunt=${RETROHUNT:-$here/../bin/retrohunt}
python=${PYTHON:-python3}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for needed in jq "$retrohunt"; do
  command -v "$needed" >/dev/null || { echo "peers.sh needs $needed" >&2; exit 3; }
done

# The texts are those of explain: all that the prefilter looks for, and of these the ones that are of command lines.
"$retrohunt" explain t1021.007 >"$tmp/explain"
sed -n '/^prefilter$/,$s/^  "\(.*\)", in 1 of .*/\1/p' "$tmp/explain" >"$tmp/literals"
sed -n 's/^  cmd_line#0 contains "\(.*\)"$/\1/p' "$tmp/explain" | grep -Fxf "$tmp/literals" >"$tmp/cli"
cli=$(jq -Rnc '[inputs]' <"$tmp/cli")

shopt -s nullglob
files=("$dir"/*.jsonl) gz=("$dir"/*.jsonl.gz)
suffix=plain
if [ ${#gz[@]} -gt 0 ]; then files=("${gz[@]}") suffix=gz; fi
[ ${#files[@]} -gt 0 ] || { echo "$dir has neither *.jsonl nor *.jsonl.gz" >&2; exit 3; }
decode() { if [ $suffix = gz ]; then gzip -dc "${files[@]}"; else cat "${files[@]}"; fi; }
bytes=$(decode | wc -c)

# Contenders: functions named QUESTION_NAME, and what each needs.
candidates_rg() { rg -j2 --no-config -N -I -z -F -f "$tmp/literals" "${files[@]}" | wc -l; }
candidates_rg_count() { rg -j2 --no-config -I -c -F -f "$tmp/literals" "${files[@]}" | jq -s add; }
candidates_grep() { decode | grep -c -F -f "$tmp/literals"; }
candidates_igzip_rg() { printf '%s\0' "${files[@]}" | xargs -0 -P2 -n1 sh -c 'igzip -dc "$1" | rg --no-config -c -F -f "$0"' "$tmp/literals" | jq -s add; }
answers_retrohunt() { "$retrohunt" --config none hunt "${files[@]}" -t jsonl --summary none; }
answers_rg_jq() { rg -j2 --no-config -N -I -F -f "$tmp/literals" "${files[@]}" | jq -c --argjson cli "$cli" -f "$here/peers/hits.jq"; }
answers_grep_jq() { decode | grep -F -f "$tmp/literals" | jq -c --argjson cli "$cli" -f "$here/peers/hits.jq"; }
answers_igzip_rg_jq() {
  printf "%s\0" "${files[@]}" | xargs -0 -P2 -n1 sh -c 'igzip -dc "$2" | rg --no-config -F -f "$0" >"$1/hits.$$"' "$tmp/literals" "$tmp"
  cat "$tmp"/hits.* | jq -c --argjson cli "$cli" -f "$here/peers/hits.jq"
  rm "$tmp"/hits.*
}
answers_jq() { decode | jq -c --argjson cli "$cli" -f "$here/peers/hits.jq"; }
answers_python() { decode | "$python" "$here/peers/hits.py" "$tmp/cli"; }
answers_python_prefiltered() { decode | "$python" "$here/peers/hits.py" "$tmp/cli" "$tmp/literals"; }
answers_duckdb() { "$python" "$here/peers/hits_duckdb.py" "$tmp/cli" "${files[@]}"; }
counts_retrohunt() { "$retrohunt" --config none query '* | json auto | count by eventName, awsRegion' "${files[@]}" -t jsonl --summary none; }
counts_duckdb() { "$python" "$here/peers/counts_duckdb.py" "${files[@]}"; }

missing() { echo "not installed: $1 (skipped: $2)"; }
contenders=(answers_retrohunt counts_retrohunt candidates_grep answers_grep_jq answers_jq)
if command -v rg >/dev/null; then
  if [ $suffix = plain ]; then contenders+=(candidates_rg_count answers_rg_jq); else contenders+=(candidates_rg); fi
else missing ripgrep "rg, rg | jq"; fi
if [ $suffix = gz ] && command -v rg igzip >/dev/null; then contenders+=(candidates_igzip_rg answers_igzip_rg_jq)
elif [ $suffix = gz ]; then missing igzip "igzip | rg"; fi
if command -v "$python" >/dev/null; then contenders+=(answers_python answers_python_prefiltered); else missing Python "python"; fi
if "$python" -c 'import duckdb' 2>/dev/null; then contenders+=(answers_duckdb counts_duckdb); else missing "DuckDB for $python" duckdb; fi
all=("${contenders[@]}") contenders=()
for c in "${all[@]}"; do [[ " ${SKIP:-} " == *" $c "* ]] || contenders+=("$c"); done

# same brings an answer to one form: a count, or rows without what only some contenders tell, in order.
same() {
  case $1 in
  candidates_*) cat "$2" ;;
  counts_*) jq -c '[.eventName, .awsRegion, ._count]' "$2" | sort ;;
  *) jq -sc 'map(.row // .) | group_by([.actor, .src_ip, .cmd_line])[] | [.[0].actor, .[0].src_ip, .[0].cmd_line, (map(._count) | add)]' "$2" | sort ;;
  esac
}

echo "$suffix: ${#files[@]} files, $bytes bytes decoded, $(wc -l <"$tmp/literals") texts"
failed=0
for ((round = 0; round <= rounds; round++)); do
  for c in "${contenders[@]}"; do
    start=$EPOCHREALTIME
    $c >"$tmp/$c.out"
    end=$EPOCHREALTIME
    if [ $round -gt 0 ]; then echo $(((${end/./} - ${start/./}))) >>"$tmp/$c.us"; continue; fi
    same "$c" "$tmp/$c.out" >"$tmp/$c.same"
    reference=$tmp/${c%%_*}.reference
    [ -e "$reference" ] || cp "$tmp/$c.same" "$reference"
    if ! cmp -s "$tmp/$c.same" "$reference"; then
      failed=1
      echo "$c answers otherwise than those before it:"
      diff "$reference" "$tmp/$c.same" | head -5 || true
    fi
  done
done
for reference in "$tmp"/*.reference; do
  case $reference in
  */candidates.*) echo "candidates: $(cat "$reference") lines" ;;
  *) echo "$(basename "$reference" .reference): $(wc -l <"$reference") rows" ;;
  esac
done
for c in "${contenders[@]}"; do
  sort -n "$tmp/$c.us" | awk -v name="${c#*_}" -v question="${c%%_*}" -v bytes="$bytes" -v turns="$(tr '\n' ' ' <"$tmp/$c.us")" '
    { us[NR] = $1 }
    END {
      median = (us[int((NR + 1) / 2)] + us[int((NR + 2) / 2)]) / 2
      n = split(turns, t, " "); all = ""
      for (i = 1; i <= n; i++) all = all sprintf(" %.3f", t[i] / 1e6)
      printf "%-11s %-20s %8.3f s %7.2f GB/s  %s\n", question, name, median / 1e6, bytes / median / 1e3, all
    }'
done
exit $failed
