package syntax

// JSONAuto is json auto: it makes a field of every JSON value in a message.
type JSONAuto struct {
	Span
	Field         *Field  // field=x; nil reads _raw
	MaxDepth      *Number // nil: no limit
	ExtractArrays bool
	Keys          []*String // keys "a", "b"; empty: all
	RefOnly       bool
	As            []*Field // names for Keys, by position; empty: the keys' own
	NoDrop        bool
}

func (*JSONAuto) stage() {}
