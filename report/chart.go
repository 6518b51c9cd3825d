package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"retrohunt/engine"
)

// The charts of a page are in units of their own, which the page scales.
const (
	chartWidth  = 720.0
	chartHeight = 96.0
	chartBars   = 180 // days beyond it share bars
	topValues   = 6
)

// chart is a histogram by day.
type chart struct {
	Bars          []bar
	Width, Height float64
	First, Last   string
	Most          string
	Label         string
}

type bar struct {
	X, Y, W, H float64
	Label      string
}

// spread shares days out among no more bars than most, each of as many days; the days without events are among them. It
// returns the days of a bar.
func spread(days []engine.Day, most int) (bars []int64, width int64) {
	if len(days) == 0 {
		return nil, 0
	}
	first, last := days[0].Day, days[len(days)-1].Day
	width = (last-first)/int64(most) + 1
	bars = make([]int64, (last-first)/width+1)
	for _, d := range days {
		bars[(d.Day-first)/width] += d.Events
	}
	return bars, width
}

// dayChart draws the days of hits, nil without any.
func dayChart(days []engine.Day) *chart {
	counts, width := spread(days, chartBars)
	if len(counts) == 0 {
		return nil
	}
	most := slices.Max(counts)
	first := days[0].Day
	c := &chart{
		Width: chartWidth, Height: chartHeight,
		First: dayText(first), Last: dayText(days[len(days)-1].Day),
		Label: "Events in rows" + per(width) + ", " + daySpan(days),
	}
	if len(counts) > 1 {
		c.Most = "at most " + count(most)
	} else {
		c.Last = ""
	}
	step := min(chartWidth/float64(len(counts)), 48)
	for i, n := range counts {
		if n == 0 {
			continue
		}
		h := max(2, chartHeight*float64(n)/float64(most))
		from := first + int64(i)*width
		label := dayText(from)
		if width > 1 {
			label += " to " + dayText(from+width-1)
		}
		c.Bars = append(c.Bars, bar{
			X: round(float64(i) * step), Y: round(chartHeight - h), W: round(max(1, step-min(2, step/4))), H: round(h),
			Label: label + ": " + plural(int(n), "event"),
		})
	}
	return c
}

func round(f float64) float64 { return float64(int64(f*100+0.5)) / 100 }

// per says what a bar stands for.
func per(days int64) string {
	if days == 1 {
		return " a day"
	}
	return fmt.Sprintf(", %d days a bar", days)
}

// top are the values of a key column with the most events.
type top struct {
	Column string
	Values []topValue
	Others string
}

type topValue struct {
	Text  string
	Count string
	Width float64 // 0 to 100
}

// tops returns the values of each key column that the rows have, most events first. A column whose values are all alike
// says nothing.
func tops(r Result) (out []top) {
	counts := weights(r.Table)
	for i, column := range r.Table.Columns {
		if !isKey(r, column) {
			continue
		}
		sums := map[string]int64{}
		row := 0
		for cells := range r.Table.All() {
			sums[cells[i].Text()] += counts[row]
			row++
		}
		delete(sums, "")
		if len(sums) < 2 {
			continue
		}
		out = append(out, topOf(visible(column), sums))
	}
	return out
}

func topOf(column string, sums map[string]int64) top {
	values := slices.SortedFunc(maps.Keys(sums), func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), strings.Compare(a, b))
	})
	t := top{Column: column}
	most := max(1, sums[values[0]])
	for _, v := range values[:min(len(values), topValues)] {
		n := max(0, sums[v])
		text := []rune(visible(v[:min(len(v), 4*topRunes)]))
		if len(text) > topRunes {
			text = append(text[:topRunes-1], []rune(cutMark)...)
		}
		t.Values = append(t.Values, topValue{string(text), count(n), round(100 * float64(n) / float64(most))})
	}
	if rest := len(values) - topValues; rest > 0 {
		t.Others = "and " + plural(rest, "other value")
	}
	return t
}

// topRunes is how much of a value stands at its bar.
const topRunes = 60
