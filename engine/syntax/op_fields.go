package syntax

// Fields keeps the named fields in the given order, or drops them if Drop is set (fields - a, b).
type Fields struct {
	Span
	Drop  bool
	Names []*Field
}

func (*Fields) stage() {}
