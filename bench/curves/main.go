// Command curves draws the curves of a run of benchmarks: bench/curves DIR reads DIR/curves.tsv and writes an SVG for each curve
// beside it. The same figures give the same bytes.
//
//	go run ./bench/curves bench/runs/DATE-CPU
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: curves DIR")
		os.Exit(3)
	}
	if err := drawAll(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "curves:", err)
		os.Exit(1)
	}
}

// drawAll draws the charts of a run.
func drawAll(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "curves.tsv"))
	if err != nil {
		return err
	}
	curves, err := parse(string(text))
	if err != nil {
		return err
	}
	for _, c := range charts {
		svg, err := c.draw(curves)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, c.file), svg, 0o644); err != nil {
			return err
		}
	}
	return nil
}
