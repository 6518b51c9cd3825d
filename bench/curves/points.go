package main

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// point is the median, least and most seconds of the rounds at one x.
type point struct{ x, median, low, high float64 }

// parse reads lines of curve, x and the seconds of a round, and returns the points of each curve by x.
func parse(text string) (map[string][]point, error) {
	rounds := map[string]map[float64][]float64{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("line %d has %d cells, not curve, x and seconds", n, len(cells))
		}
		x, err := strconv.ParseFloat(cells[1], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		seconds, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if x <= 0 || seconds <= 0 {
			return nil, fmt.Errorf("line %d: x and seconds are more than 0", n)
		}
		if rounds[cells[0]] == nil {
			rounds[cells[0]] = map[float64][]float64{}
		}
		rounds[cells[0]][x] = append(rounds[cells[0]][x], seconds)
	}
	curves := map[string][]point{}
	for name, byX := range rounds {
		for x, took := range byX {
			curves[name] = append(curves[name], summed(x, took))
		}
		slices.SortFunc(curves[name], func(a, b point) int { return int(a.x - b.x) })
	}
	return curves, lines.Err()
}

func summed(x float64, took []float64) point {
	slices.Sort(took)
	n := len(took)
	return point{x, (took[(n-1)/2] + took[n/2]) / 2, took[0], took[n-1]}
}
