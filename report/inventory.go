package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"retrohunt/engine"
	"retrohunt/engine/value"
	"retrohunt/inventory"
	"retrohunt/normalize/mapping"
)

// shownGaps is how many gaps of a group the text names; it counts the rest.
const shownGaps = 5

// Inventory prints what is in a set of logs: a table of the groups, what is known of each, and the inputs and the fields if
// they were gathered. partial says that the run ended early.
func Inventory(w io.Writer, inv *inventory.Result, partial bool, o Options) error {
	out := bufio.NewWriter(w)
	if partial {
		fmt.Fprintln(out, fit("partial: the run ended early", o.Width))
	}
	if len(inv.Groups) == 0 {
		fmt.Fprintln(out, "no events")
		return out.Flush()
	}
	fmt.Fprintln(out, renderTable(groupTable(inv.Groups), o))
	beyond(out, o, inv.Others, inventory.MaxGroups, "categories and shapes")
	for i := range inv.Groups {
		describeGroup(out, o, &inv.Groups[i])
	}
	describeInputs(out, o, inv.Inputs)
	beyond(out, o, inv.Unkept, inventory.MaxInputs, "inputs and groups in them")
	for i := range inv.Fields {
		describeFields(out, o, &inv.Fields[i])
	}
	return out.Flush()
}

func groupTable(groups []inventory.Group) *engine.Table {
	t := &engine.Table{Columns: []string{"category", "shape", "events", "bytes", "first", "last"}}
	for i := range groups {
		g := &groups[i]
		first, last := "-", "-"
		if g.Dated() > 0 {
			first, last = date(g.First), date(g.Last)
		}
		t.Rows = append(t.Rows, []value.Value{
			value.OfString(g.Category), value.OfString(shapeText(g.Shape, g.Inner)),
			value.OfLong(g.Events), value.OfString(bytesText(g.Bytes)), value.OfString(first), value.OfString(last),
		})
	}
	return t
}

// shapeText names a shape, and the one inside of it if that is another.
func shapeText(shape, inner mapping.Shape) string {
	if shape == inner {
		return shape.String()
	}
	return shape.String() + " > " + inner.String()
}

// beyond says what a limit left together.
func beyond(w io.Writer, o Options, rest *inventory.Extent, limit int, what string) {
	if rest != nil {
		line(w, o, "others", "%s events, %s; only %s %s are told apart", count(rest.Events), bytesText(rest.Bytes), count(int64(limit)), what)
	}
}

// describeGroup prints what the table has no room for.
func describeGroup(w io.Writer, o Options, g *inventory.Group) {
	fmt.Fprintln(w)
	folded(w, o, visible(g.Category)+"  "+shapeText(g.Shape, g.Inner))
	if g.Dated() > 0 {
		line(w, o, "  time", "%s to %s UTC, %s", moment(g.First), moment(g.Last), daysText(g.Days))
	}
	if len(g.Days.Gaps) > 0 {
		line(w, o, "  gaps", "%s", gapsText(g.Days.Gaps))
	}
	if g.Undated > 0 {
		line(w, o, "  undated", "%s", count(g.Undated))
	}
	if g.Local > 0 {
		line(w, o, "  no zone", "%s; read in the zone of --tz", count(g.Local))
	}
	line(w, o, "  hosts", "%s", namesText(g.Hosts))
	line(w, o, "  kinds", "%s", namesText(g.Kinds))
	if g.Mapped {
		line(w, o, "  mapping", "fields that events lack are read from where %s keeps them", g.Inner)
	}
}

// folded prints a line that has no label.
func folded(w io.Writer, o Options, said string) {
	if o.Width > 0 {
		said = fold(said, o.Width)
	}
	fmt.Fprintln(w, said)
}

func daysText(d inventory.Days) string {
	if d.More {
		return fmt.Sprintf("more than %s; gaps are not known", plural(d.Count, "day"))
	}
	return plural(d.Count, "day") + " with events"
}

func gapsText(gaps []inventory.Gap) string {
	total := int64(0)
	var texts []string
	for i, g := range gaps {
		total += g.Days()
		switch from, to := g.From.Format(time.DateOnly), g.To.Format(time.DateOnly); {
		case i >= shownGaps:
		case from == to:
			texts = append(texts, from)
		default:
			texts = append(texts, from+" to "+to)
		}
	}
	if n := len(gaps) - shownGaps; n > 0 {
		texts = append(texts, "and "+count(int64(n))+" more")
	}
	return plural(int(total), "day") + ": " + strings.Join(texts, ", ")
}

// namesText is how many names there are, and the frequent ones.
func namesText(n inventory.Names) string {
	if n.Events == 0 {
		return "none"
	}
	texts := make([]string, 0, len(n.Top))
	for _, top := range n.Top {
		texts = append(texts, fmt.Sprintf("%s (%s)", visible(top.Name), count(top.Events)))
	}
	number := count(int64(n.Count))
	if n.More {
		number = "more than " + number
	}
	if n.More || n.Count > len(n.Top) {
		texts = append(texts, cutMark)
	}
	return number + ": " + strings.Join(texts, ", ")
}

// describeInputs prints the groups of each input below its name.
func describeInputs(w io.Writer, o Options, inputs []inventory.Input) {
	for i := range inputs {
		in := &inputs[i]
		if i == 0 {
			fmt.Fprintln(w)
		}
		if i == 0 || in.Input != inputs[i-1].Input {
			folded(w, o, visible(in.Input))
		}
		said := fmt.Sprintf("%s, %s, %s", visible(in.Category), shapeText(in.Shape, in.Inner), bytesText(in.Bytes))
		if in.Dated() > 0 {
			said += fmt.Sprintf(", %s to %s", date(in.First), date(in.Last))
		}
		if in.Undated > 0 {
			said += fmt.Sprintf(", %s undated", count(in.Undated))
		}
		line(w, o, fmt.Sprintf("%9s", count(in.Events)), "%s", said)
	}
}

// describeFields prints the fields of a category.
func describeFields(w io.Writer, o Options, f *inventory.Fields) {
	number := plural(len(f.Names), "field")
	if f.More {
		number = "more than " + number
	}
	fmt.Fprintln(w)
	folded(w, o, visible(f.Category)+"  "+plural(int(f.Events), "event")+", "+number)
	if len(f.Names) == 0 {
		return
	}
	t := &engine.Table{Columns: []string{"field", "events", "share"}}
	for _, name := range f.Names {
		t.Rows = append(t.Rows, []value.Value{
			value.OfString(name.Name), value.OfLong(name.Events), value.OfString(shareText(name.Events, f.Events)),
		})
	}
	fmt.Fprintln(w, renderTable(t, o))
}

// shareText rounds down: 100 % is all, and what is there at all is not 0 %.
func shareText(n, of int64) string {
	thousandths := int64(float64(n) / float64(of) * 1000)
	switch {
	case n >= of:
		return "100 %"
	case thousandths == 0:
		return "< 0.1 %"
	}
	return fmt.Sprintf("%d.%d %%", thousandths/10, thousandths%10)
}

func date(ms int64) string   { return time.UnixMilli(ms).UTC().Format(time.DateOnly) }
func moment(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04:05") }
