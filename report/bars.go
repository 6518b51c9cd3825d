package report

import (
	"fmt"
	"slices"
	"strings"

	"retrohunt/engine"
)

// barLevels are the bars from the least to the greatest; a day without events is a blank.
var barLevels = []rune("▁▂▃▄▅▆▇█")

const (
	mostBars  = 60 // in a line
	leastBars = 8  // beside the words, or else the words go
)

// dayBars is a line with a bar for each day from the first to the last, or for as many days as make the line fit, and the day
// or days with the most events.
func dayBars(days []engine.Day, width int) string {
	if len(days) == 0 {
		return ""
	}
	most := slices.MaxFunc(days, func(a, b engine.Day) int { return int(a.Events - b.Events) })
	before, behind := "hits per day  ", fmt.Sprintf("  %s, most on %s: %s", daySpan(days), dayText(most.Day), count(most.Events))
	if len(days) == 1 {
		behind = fmt.Sprintf("  %s: %s", dayText(most.Day), count(most.Events))
	}
	room := mostBars
	if width > 0 {
		if len(before)+len(behind)+leastBars > width {
			behind = "  " + daySpan(days)
		}
		if len(before)+len(behind)+leastBars > width {
			before = ""
		}
		room = min(mostBars, max(leastBars, width-len(before)-len(behind)))
	}
	counts, perBar := spread(days, room)
	if perBar > 1 && before != "" {
		before = fmt.Sprintf("hits, %d days a bar  ", perBar)
		if width > 0 && len(before)+len(counts)+len(behind) > width {
			before = "hits  "
		}
	}
	return before + bars(counts) + behind
}

func bars(counts []int64) string {
	most := slices.Max(counts)
	var b strings.Builder
	for _, n := range counts {
		if n == 0 {
			b.WriteByte(' ')
			continue
		}
		level := int(float64(n) / float64(most) * float64(len(barLevels)-1))
		b.WriteRune(barLevels[level])
	}
	return b.String()
}
