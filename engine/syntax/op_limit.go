package syntax

// Limit keeps the first N rows.
type Limit struct {
	Span
	N *Number
}

func (*Limit) stage() {}
