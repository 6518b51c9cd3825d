package function

import (
	"math"

	"retrohunt/engine/value"
)

// Bins are ranges of one width side by side, from which the stage bin tells one for each number. They are counted from Min, or from 0
// where it has no bound. Their methods are no functions of expressions.
type Bins struct {
	Width    float64
	Min, Max float64 // infinite where there is no bound: numbers beyond one are in the range next to it
}

// Lower is where the range of a number begins, which is in it. It is null for what is no number, as Upper and Label are.
func (b Bins) Lower(_ *Context, args []value.Value) (value.Value, error) {
	lower, _, ok := b.around(args[0])
	return edgeValue(lower, ok), nil
}

// Upper is where the range of a number ends, which is not in it.
func (b Bins) Upper(_ *Context, args []value.Value) (value.Value, error) {
	_, upper, ok := b.around(args[0])
	return edgeValue(upper, ok), nil
}

// Label is the range of a number as text: [10,20).
func (b Bins) Label(c *Context, args []value.Value) (value.Value, error) {
	lower, upper, ok := b.around(args[0])
	if !ok {
		return value.Value{}, nil
	}
	text := value.OfDouble(lower).AppendText(append(c.start(), '['))
	text = value.OfDouble(upper).AppendText(append(text, ','))
	return c.made(append(text, ')')), nil
}

func edgeValue(x float64, ok bool) value.Value {
	if !ok {
		return value.Value{}
	}
	return value.OfDouble(x)
}

// around returns the range of a number.
func (b Bins) around(v value.Value) (lower, upper float64, ok bool) {
	x, ok := double(v)
	if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, 0, false
	}
	i := b.index(max(x, b.Min))
	if x >= b.Max {
		i = b.index(b.Max)
		if b.edge(i) == b.Max && i > 0 { // the last range ends at Max
			i--
		}
	}
	return b.edge(i), b.edge(i + 1), true
}

// edge is where the range of a number begins, by its index.
func (b Bins) edge(i float64) float64 {
	if math.IsInf(b.Min, 0) {
		return i * b.Width
	}
	return b.Min + i*b.Width
}

// index returns which range x is in. A quotient may be rounded across an edge.
func (b Bins) index(x float64) float64 {
	i := math.Floor((x - b.edge(0)) / b.Width)
	switch {
	case b.edge(i) > x:
		return i - 1
	case b.edge(i+1) <= x:
		return i + 1
	}
	return i
}
