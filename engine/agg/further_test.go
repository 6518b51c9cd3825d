package agg

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"retrohunt/engine/value"
)

// resultOf runs one function over texts.
func resultOf(f Func, column ...string) value.Value {
	s := f.New()
	for _, v := range texts(column...) {
		s.Add(v)
	}
	return s.Result()
}

func TestStddev(t *testing.T) {
	for _, c := range []struct {
		column string
		want   float64
	}{
		{"5", 0},
		{"5 x 5 5", 0},
		{"2 4 4 4 5 5 7 9", 2.138089935299395}, // √(32/7)
		{"1 2", math.Sqrt2 / 2},
		{"1000000000000001 1000000000000002", math.Sqrt2 / 2},
		{"9007199254740993 9007199254740995", math.Sqrt2},
		{"1e-300 3e-300", 1.414213562373095e-300},
		{"1e200 3e200", 1.414213562373095e200},
		{"1e999 1", math.NaN()},
	} {
		got := resultOf(Func{Name: "stddev"}, strings.Fields(c.column)...).Double()
		if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) && math.Abs(got/c.want-1) > 4e-16 {
			t.Errorf("the standard deviation of %s is %v, want %v", c.column, got, c.want)
		}
	}
	if got := resultOf(Func{Name: "stddev"}, "x"); !got.IsNull() {
		t.Errorf("the standard deviation of no number is %v", got.Text())
	}
}

func TestPercentile(t *testing.T) {
	for _, c := range []struct {
		column  string
		percent float64
		want    float64
	}{
		{"7", 95, 7},
		{"1 2", 50, 1.5},
		{"3 1 2", 50, 2},
		{"4 1 3 2", 50, 2.5},
		{"4 1 3 2", 25, 1.25},
		{"4 1 3 2", 0, 1},
		{"4 1 3 2", 100, 4},
		{"4 1 3 2", 1, 1},
		{"15 20 35 40 50", 30, 19}, // at place 1.8
		{"0.1 0.1", 33.3, 0.1},
		{"1 1e999", 50, math.Inf(1)},
	} {
		got := resultOf(Func{Name: "pct", Percent: c.percent}, strings.Fields(c.column)...)
		if got != value.OfDouble(c.want) {
			t.Errorf("%v percent of %s is %s, want %v", c.percent, c.column, got.Text(), c.want)
		}
	}
	if got := resultOf(Func{Name: "pct", Percent: 50}, "x"); !got.IsNull() {
		t.Errorf("the median of no number is %v", got.Text())
	}
	s := Func{Name: "pct", Percent: 99.9}.New()
	for i := range int64(999) {
		s.Add(value.OfLong(i + 1))
	}
	if got := s.Result(); got != value.OfDouble(999) { // 99.9 is no double: the place is 999 all the same
		t.Errorf("99.9 percent of 1 to 999 is %v", got.Text())
	}
}

func TestValues(t *testing.T) {
	if got := resultOf(Func{Name: "values"}, "b", "a", "", "b", "10", "9"); got != value.OfString("\n10\n9\na\nb") {
		t.Errorf("the values are %q", got.Text())
	}
	if got := resultOf(Func{Name: "values"}); !got.IsNull() {
		t.Errorf("the values of nothing are %q", got.Text())
	}
	var column []string
	for i := range 300 {
		column = append(column, fmt.Sprintf("%03d", 299-i))
	}
	lines := strings.Split(resultOf(Func{Name: "values"}, column...).Text(), "\n")
	if len(lines) != mostValues || lines[0] != "000" || lines[99] != "099" {
		t.Errorf("%d values, the last is %s", len(lines), lines[len(lines)-1])
	}
}
