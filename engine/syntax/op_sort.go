package syntax

// Sort orders rows by its keys, the first key first. order is the same operator.
type Sort struct {
	Span
	Keys []SortKey
}

// SortKey is one key of a sort; descending unless the query says otherwise.
type SortKey struct {
	Span
	Field *Field
	Asc   bool
}

func (*Sort) stage() {}
