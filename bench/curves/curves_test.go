package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	curves, err := parse("a\t4\t0.3\na\t1\t0.5\nb\t1\t9\na\t4\t0.1\na\t4\t0.8\na\t1\t0.7\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []point{{1, 0.6, 0.5, 0.7}, {4, 0.3, 0.1, 0.8}}
	if len(curves) != 2 || len(curves["a"]) != 2 || curves["a"][0] != want[0] || curves["a"][1] != want[1] {
		t.Errorf("%v, not %v", curves, want)
	}
	for _, bad := range []string{"a\t1\n", "a\tx\t1\n", "a\t1\tx\n", "a\t0\t1\n", "a\t1\t-1\n"} {
		if _, err := parse(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestNiceStep(t *testing.T) {
	for v, want := range map[float64]float64{0.9: 1, 1.1: 2, 3: 5, 7: 10, 0.03: 0.05} {
		if got := niceStep(v); got < want*0.999 || got > want*1.001 {
			t.Errorf("%v: %v, not %v", v, got, want)
		}
	}
}

func TestPointsLieWhereTheirFiguresSay(t *testing.T) {
	c := chart{"a.svg", "T", "x", 1, true, []series{{"a", "A", "#000000"}}}
	a := c.axes([]point{{x: 1, high: 1}, {x: 10, high: 2}, {x: 100, high: 5}})
	if a.px(1) != left || a.px(100) != width-right || a.px(10) != (left+width-right)/2 {
		t.Errorf("x at %v, %v, %v", a.px(1), a.px(10), a.px(100))
	}
	if a.py(0) != height-bottom || a.py(5) != top {
		t.Errorf("seconds at %v, %v", a.py(0), a.py(5))
	}
	if _, err := c.draw(nil); err == nil {
		t.Error("a chart without figures is drawn")
	}
}

// TestPicturesAreThoseOfTheFigures draws the curves of every run that is kept, and finds the same bytes there, well-formed.
func TestPicturesAreThoseOfTheFigures(t *testing.T) {
	runs, err := filepath.Glob("../runs/*/curves.tsv")
	if err != nil || len(runs) == 0 {
		t.Fatal("no run is kept", err)
	}
	for _, figures := range runs {
		text, err := os.ReadFile(figures)
		if err != nil {
			t.Fatal(err)
		}
		curves, err := parse(string(text))
		if err != nil {
			t.Fatalf("%s: %v", figures, err)
		}
		for _, c := range charts {
			svg, err := c.draw(curves)
			if err != nil {
				t.Fatalf("%s: %v", figures, err)
			}
			kept, err := os.ReadFile(filepath.Join(filepath.Dir(figures), c.file))
			if err != nil || !bytes.Equal(svg, bytes.ReplaceAll(kept, []byte("\r\n"), []byte("\n"))) {
				t.Errorf("%s beside %s is not what is drawn: %v", c.file, figures, err)
			}
			wellFormed(t, svg)
		}
	}
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
