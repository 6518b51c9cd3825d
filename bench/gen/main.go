// Command gen writes a corpus of made-up logs for benchmarks: DIR/logs with the logs, DIR/expected.jsonl with the rows that
// retrohunt hunt must print for them, DIR/corpus.json with what they hold.
//
//	go run ./bench/gen -dir DIR -size 1GiB                            one plain file
//	go run ./bench/gen -dir DIR -size 1GiB -files 8 -compress gzip    eight gzip files
//	go run ./bench/gen -dir DIR -objects 20000                        a tree of small CloudTrail objects, .json.gz
//
// The events depend on -seed, -size and -hits alone, not on how they are spread over files.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var c corpus
	var size string
	flag.StringVar(&c.dir, "dir", "", "write to `DIR`, whose logs must not exist yet")
	flag.StringVar(&size, "size", "1GiB", "decoded `SIZE` of the logs: a number of B, KiB, MiB or GiB")
	flag.Float64Var(&c.hits, "hits", 0.001, "`SHARE` of the events that are hits")
	flag.Uint64Var(&c.seed, "seed", 1, "another number makes other events")
	flag.IntVar(&c.files, "files", 1, "spread the events over `N` files")
	flag.StringVar(&c.compress, "compress", "none", "none, gzip or zstd")
	flag.IntVar(&c.level, "level", 6, "of the compression")
	flag.IntVar(&c.objects, "objects", 0, "`N` small gzip objects of CloudTrail, as in a bucket, instead of -size, -files and -compress")
	flag.Parse()
	var err error
	if c.size, err = parseSize(size); err == nil {
		err = c.write()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// parseSize reads a size such as 1GiB.
func parseSize(s string) (int64, error) {
	var n int64
	var unit string
	fmt.Sscanf(s, "%d%s", &n, &unit)
	factor := map[string]int64{"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}[unit]
	if n <= 0 || factor == 0 {
		return 0, fmt.Errorf("%q is no size; write it as 1GiB", s)
	}
	return n * factor, nil
}
