package report

import (
	"bytes"
	"io"
	"math"
	"time"

	"retrohunt/engine/stream"
	"retrohunt/inventory"
)

// InventoryJSON prints what is in a set of logs as one JSON object on a line, with what could not be read. Times are RFC 3339 in
// UTC. The same logs give the same bytes.
func InventoryJSON(w io.Writer, inv *inventory.Result, c *stream.Coverage) error {
	var buf bytes.Buffer
	if err := encodeLine(&buf, newInventoryObject(inv, c)); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}

// inventoryObject is the inventory under the names that machines read; they are part of the interface.
type inventoryObject struct {
	Partial   bool             `json:"partial"`
	Events    int64            `json:"events"` // that are told of
	LeftOut   leftOutObject    `json:"left_out"`
	Groups    []groupObject    `json:"groups"`
	Others    *extentObject    `json:"others,omitempty"`
	Inputs    []inputObject    `json:"inputs,omitempty"`
	Unkept    *extentObject    `json:"other_inputs,omitempty"`
	Fields    []fieldsObject   `json:"fields,omitempty"`
	Malformed malformedSummary `json:"malformed"`
	Damaged   []damageSummary  `json:"damaged"`
	Skipped   []entrySummary   `json:"skipped"`
}

// leftOutObject are the events that the run was told to leave out.
type leftOutObject struct {
	Outside    int64 `json:"outside_time_span"`
	Undated    int64 `json:"undated"`
	Duplicates int64 `json:"duplicates"`
}

type extentObject struct {
	Events  int64   `json:"events"`
	Bytes   int64   `json:"bytes"`
	First   *string `json:"first"` // null if no event has a time
	Last    *string `json:"last"`
	Undated int64   `json:"undated"`
	Local   int64   `json:"without_zone"`
}

type shapeObject struct {
	Category string `json:"category"`
	Shape    string `json:"shape"`
	Inner    string `json:"inner,omitempty"` // the shape inside, if it is another
}

type groupObject struct {
	shapeObject
	Mapped bool `json:"mapped"`
	extentObject
	Days  daysObject  `json:"days"`
	Hosts namesObject `json:"hosts"`
	Kinds namesObject `json:"kinds"`
}

type daysObject struct {
	Count int         `json:"count"`
	More  bool        `json:"more,omitempty"` // there are more; gaps are not known then
	Gaps  []gapObject `json:"gaps"`
}

type gapObject struct {
	From string `json:"from"`
	To   string `json:"to"`
	Days int64  `json:"days"`
}

type namesObject struct {
	Count  int         `json:"count"`
	More   bool        `json:"more,omitempty"` // there are more
	Events int64       `json:"events"`
	Top    []topObject `json:"top"`
}

type topObject struct {
	Name   string `json:"name"`
	Events int64  `json:"events"`
}

type inputObject struct {
	Input string `json:"input"`
	shapeObject
	extentObject
}

type fieldsObject struct {
	Category string        `json:"category"`
	Events   int64         `json:"events"`
	More     bool          `json:"more,omitempty"` // there are more
	Fields   []fieldObject `json:"fields"`
}

type fieldObject struct {
	Name   string  `json:"name"`
	Events int64   `json:"events"`
	Share  float64 `json:"share"` // of the events of the category, 0 to 1
}

func newInventoryObject(inv *inventory.Result, c *stream.Coverage) inventoryObject {
	read := newSummary(c)
	left := leftOutObject{Outside: c.Outside, Duplicates: c.Duplicates}
	if c.UndatedOut {
		left.Undated = c.Undated
	}
	out := inventoryObject{
		Partial: c.Partial, Events: c.Events - left.Outside - left.Undated - left.Duplicates, LeftOut: left, Groups: []groupObject{},
		Malformed: read.Malformed, Damaged: read.Damaged, Skipped: read.Skipped,
	}
	for i := range inv.Groups {
		out.Groups = append(out.Groups, newGroupObject(&inv.Groups[i]))
	}
	for i := range inv.Inputs {
		in := &inv.Inputs[i]
		out.Inputs = append(out.Inputs, inputObject{in.Input, newShapeObject(in.Category, in.Shape.String(), in.Inner.String()), newExtentObject(&in.Extent)})
	}
	for i := range inv.Fields {
		out.Fields = append(out.Fields, newFieldsObject(&inv.Fields[i]))
	}
	if inv.Others != nil {
		rest := newExtentObject(inv.Others)
		out.Others = &rest
	}
	if inv.Unkept != nil {
		rest := newExtentObject(inv.Unkept)
		out.Unkept = &rest
	}
	return out
}

func newGroupObject(g *inventory.Group) groupObject {
	days := daysObject{Count: g.Days.Count, More: g.Days.More, Gaps: []gapObject{}}
	for _, gap := range g.Days.Gaps {
		days.Gaps = append(days.Gaps, gapObject{gap.From.Format(time.DateOnly), gap.To.Format(time.DateOnly), gap.Days()})
	}
	return groupObject{
		newShapeObject(g.Category, g.Shape.String(), g.Inner.String()), g.Mapped, newExtentObject(&g.Extent), days,
		newNamesObject(g.Hosts), newNamesObject(g.Kinds),
	}
}

func newShapeObject(category, shape, inner string) shapeObject {
	if inner == shape {
		inner = ""
	}
	return shapeObject{category, shape, inner}
}

func newExtentObject(x *inventory.Extent) extentObject {
	out := extentObject{Events: x.Events, Bytes: x.Bytes, Undated: x.Undated, Local: x.Local}
	if x.Dated() > 0 {
		first, last := instant(x.First), instant(x.Last)
		out.First, out.Last = &first, &last
	}
	return out
}

func instant(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }

func newNamesObject(n inventory.Names) namesObject {
	out := namesObject{Count: n.Count, More: n.More, Events: n.Events, Top: []topObject{}}
	for _, top := range n.Top {
		out.Top = append(out.Top, topObject(top))
	}
	return out
}

func newFieldsObject(f *inventory.Fields) fieldsObject {
	out := fieldsObject{Category: f.Category, Events: f.Events, More: f.More, Fields: []fieldObject{}}
	for _, name := range f.Names {
		share := math.Round(float64(name.Events)/float64(f.Events)*1e6) / 1e6
		out.Fields = append(out.Fields, fieldObject{name.Name, name.Events, share})
	}
	return out
}
