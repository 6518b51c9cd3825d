package normalize

import (
	"slices"
	"strings"

	"retrohunt/normalize/wire"
)

// Add asks for a field and returns its slot. Asked for the same field again, it returns the same slot.
func (p *Projection) Add(f Field) (slot int) {
	f.Name = strings.ToLower(f.Name)
	if IsBuiltin(f.Name) {
		f = Field{Name: f.Name}
	}
	if i := slices.Index(p.fields, f); i >= 0 {
		return i
	}
	p.fields = append(p.fields, f)
	return len(p.fields) - 1
}

// wire is the field as the walk knows it.
func (f Field) wire() wire.Field {
	return wire.Field{Name: f.Name, MaxDepth: f.MaxDepth, ExtractArrays: f.ExtractArrays}
}

// Len returns the number of slots.
func (p *Projection) Len() int { return len(p.fields) }

// builtins are Sumo's own fields of a message (section 2 of the language reference), in lower case. Those that offline
// nothing can compute are null unless the event carries them itself.
var builtins = map[string]bool{
	"_raw": true, "_size": true, "_sourcecategory": true, "_sourcename": true, "_sourcehost": true, "_messagetime": true,
	"_receipttime": true, "_source": true, "_collector": true, "_messagecount": true, "_messageid": true, "_format": true,
	"_view": true, "_index": true, "_datatier": true,
}

// IsBuiltin reports whether a name, in any case, is metadata rather than a field of the event.
func IsBuiltin(name string) bool { return builtins[strings.ToLower(name)] }
