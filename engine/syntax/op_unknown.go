package syntax

// UnknownStage is a stage whose first word this package has no grammar for: an operator that is not built yet, or a word
// that is none. The checker tells which. Its text is kept as it stands, up to the next pipe that is not within quotes,
// a regular expression, parentheses or brackets.
type UnknownStage struct {
	Span
	Name     string // the first word, as spelled
	NameSpan Span
	Text     string // the whole stage, without blanks around it
}

func (*UnknownStage) stage() {}
