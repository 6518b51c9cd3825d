package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// chart is a picture of one or more curves over the same x.
type chart struct {
	file, title, xTitle string
	unit                float64 // of x: x is divided by it
	logarithmic         bool    // x
	series              []series
}

// series is a curve in a chart.
type series struct{ curve, name, color string }

// charts are those of a run, as bench/run.sh measures it.
var charts = []chart{
	{"input.svg", "Seconds of a hunt, by input", "MB decoded", 1e6, false, []series{{"input", "T1021.007, plain files", "#1b6ca8"}}},
	{"detections.svg", "Seconds of a hunt, by detections", "detections", 1, true, []series{{"detections", "a text of its own each", "#1b6ca8"}}},
	{"groups.svg", "Seconds of a count without prefilter, by groups", "groups", 1, true, []series{{"groups", "count by the head of eventID", "#1b6ca8"}}},
	{"cores.svg", "Seconds of a hunt, by workers", "workers", 1, false, []series{{"cores-plain", "8 plain files", "#1b6ca8"}, {"cores-gzip", "8 gzip files", "#c1531c"}}},
}

// The size of a picture, and of its margins, in pixels.
const (
	width, height            = 640, 360
	left, right, top, bottom = 64, 24, 64, 56
)

// draw returns the chart as SVG. Bars at a point reach from the fastest round to the slowest.
func (c *chart) draw(curves map[string][]point) ([]byte, error) {
	var all []point
	for _, s := range c.series {
		if len(curves[s.curve]) == 0 {
			return nil, fmt.Errorf("there are no figures of %s", s.curve)
		}
		all = append(all, curves[s.curve]...)
	}
	a := c.axes(all)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", width, height)
	label(&b, left, 22, "start", "#222222", c.title)
	a.grid(&b, c.xTitle)
	for i, s := range c.series {
		a.line(&b, s, curves[s.curve])
		x := left + 200*i
		fmt.Fprintf(&b, `<rect x="%d" y="38" width="10" height="10" fill="%s"/>`+"\n", x, s.color)
		label(&b, float64(x+16), 47, "start", "#444444", s.name)
	}
	b.WriteString("</svg>\n")
	return b.Bytes(), nil
}

// axes place x and seconds in the picture.
type axes struct {
	chart    *chart
	ticks    []float64 // of x
	low, end float64   // of x on its scale
	step, y  float64   // of seconds: between lines, and the highest
}

func (c *chart) axes(all []point) *axes {
	a := &axes{chart: c}
	highest := 0.0
	for _, p := range all {
		highest = max(highest, p.high)
		if !slices.Contains(a.ticks, p.x) {
			a.ticks = append(a.ticks, p.x)
		}
	}
	slices.Sort(a.ticks)
	a.end = a.scale(a.ticks[len(a.ticks)-1])
	if c.logarithmic {
		a.low = a.scale(a.ticks[0])
	}
	if a.end == a.low {
		a.end = a.low + 1
	}
	a.step = niceStep(highest / 5)
	a.y = a.step * math.Ceil(highest/a.step)
	return a
}

// niceStep returns the least of 1, 2 and 5 times a power of ten that is not less than v.
func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{1, 2, 5} {
		if v <= f*power {
			return f * power
		}
	}
	return 10 * power
}

func (a *axes) scale(x float64) float64 {
	if a.chart.logarithmic {
		return math.Log(x)
	}
	return x
}

// px and py are places in the picture.
func (a *axes) px(x float64) float64 {
	return left + (a.scale(x)-a.low)/(a.end-a.low)*(width-left-right)
}

func (a *axes) py(seconds float64) float64 {
	return height - bottom - seconds/a.y*(height-top-bottom)
}

// grid draws the lines of seconds, and what stands below and beside them.
func (a *axes) grid(b *bytes.Buffer, xTitle string) {
	for i := 0; float64(i)*a.step <= a.y*1.0001; i++ {
		seconds := float64(i) * a.step
		y := a.py(seconds)
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#dddddd"/>`+"\n", left, y, width-right)
		label(b, left-8, y+4, "end", "#444444", strconv.FormatFloat(seconds, 'g', 4, 64))
	}
	for _, x := range a.ticks {
		label(b, a.px(x), height-bottom+18, "middle", "#444444", strconv.FormatFloat(x/a.chart.unit, 'f', 0, 64))
	}
	label(b, (left+width-right)/2, height-14, "middle", "#444444", xTitle)
}

func (a *axes) line(b *bytes.Buffer, s series, points []point) {
	var path bytes.Buffer
	for i, p := range points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", command, a.px(p.x), a.py(p.median))
		fmt.Fprintf(b, `<path d="M%.1f %.1fV%.1f" stroke="%s" stroke-opacity="0.45" stroke-width="3"/>`+"\n", a.px(p.x), a.py(p.low), a.py(p.high), s.color)
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`+"\n", a.px(p.x), a.py(p.median), s.color)
	}
	fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", path.String(), s.color)
}

func label(b *bytes.Buffer, x, y float64, anchor, color, text string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s">%s</text>`+"\n", x, y, anchor, color, text)
}
