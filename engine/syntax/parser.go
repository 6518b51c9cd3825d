package syntax

// Parse reads a query.
func Parse(src string) (*Query, error) { panic("being written") }
