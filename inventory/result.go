package inventory

import (
	"cmp"
	"slices"

	"retrohunt/normalize/mapping"
)

// Result is what is in the events. Lists come most events first, then by name.
type Result struct {
	Groups []Group
	Others *Extent  // of the groups beyond MaxGroups; nil if there are none
	Inputs []Input  // with Options.Inputs: in the order of the inputs' names
	Unkept *Extent  // of the inputs and groups beyond MaxInputs; nil if there are none
	Fields []Fields // with Options.Fields
}

// Group is what is known of the events of one category and shape.
type Group struct {
	Category string
	Shape    mapping.Shape // what the events were recognised as
	Inner    mapping.Shape // Shape, or that of the events inside of them
	Mapped   bool          // fields that the events lack were filled from where the shape keeps them
	Extent
	Days  Days
	Hosts Names
	Kinds Names // event ids or names
}

// Input is what is known of a group's events of one input.
type Input struct {
	Input    string
	Category string
	Shape    mapping.Shape
	Inner    mapping.Shape
	Extent
}

// Names are the names that a group's events have of one sort.
type Names struct {
	Count  int   // different names
	More   bool  // there are more than Count; Top is of those that were kept
	Top    []Top // up to 10
	Events int64 // events that have one
}

// Top is a frequent name.
type Top struct {
	Name   string
	Events int64
}

// Fields are the fields of the events of one category.
type Fields struct {
	Category string
	Events   int64
	More     bool  // there are more than MaxNames of them; Names has some
	Names    []Top // flattened, with [] for the indexes of arrays
}

// Result returns what the inventory gathered. It takes no more events afterwards.
func (in *Inventory) Result() *Result {
	out := &Result{Groups: in.groupList(), Inputs: in.inputList(), Fields: in.fieldList()}
	if in.groups.over {
		out.Others = &in.groups.rest.Extent
	}
	if in.inputs.over {
		out.Unkept = in.inputs.rest
	}
	return out
}

func (in *Inventory) groupList() (all []Group) {
	in.groups.prune()
	for key, g := range in.groups.kept {
		shape, inner, category, _ := splitKey(key)
		all = append(all, Group{
			Category: category, Shape: shape, Inner: inner, Mapped: inner.Maps() && !in.options.NoMapping,
			Extent: g.Extent, Days: daysOf(g.days), Hosts: namesOf(g.hosts), Kinds: namesOf(g.kinds),
		})
	}
	slices.SortFunc(all, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Shape, b.Shape), cmp.Compare(a.Inner, b.Inner))
	})
	return all
}

func (in *Inventory) inputList() (all []Input) {
	in.inputs.prune()
	for key, x := range in.inputs.kept {
		shape, inner, category, input := splitKey(key)
		all = append(all, Input{input, category, shape, inner, *x})
	}
	slices.SortFunc(all, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Input, b.Input), cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Shape, b.Shape), cmp.Compare(a.Inner, b.Inner))
	})
	return all
}

func (in *Inventory) fieldList() (all []Fields) {
	in.fields.prune()
	for category, f := range in.fields.kept {
		names := sorted(f.names)
		all = append(all, Fields{category, f.events, f.names.over, names})
	}
	slices.SortFunc(all, func(a, b Fields) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Category, b.Category))
	})
	return all
}

// shownNames is how many of the names of a group are told.
const shownNames = 10

func namesOf(t *tally) Names {
	all := sorted(t)
	out := Names{Count: len(all), More: t.over, Events: t.rest.events, Top: all[:min(len(all), shownNames)]}
	for _, name := range all {
		out.Events += name.Events
	}
	return out
}

// sorted returns the names that a tally keeps.
func sorted(t *tally) []Top {
	t.prune()
	all := make([]Top, 0, len(t.kept))
	for name, c := range t.kept {
		all = append(all, Top{name, c.events})
	}
	slices.SortFunc(all, func(a, b Top) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name))
	})
	return all
}
