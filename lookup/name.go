package lookup

import (
	"path"
	"strings"
)

// Kind says who keeps a table.
type Kind uint8

// The kinds of tables.
const (
	User     Kind = iota // a table of the user's: path://"/Library/…", /shared/…, https://…
	Location             // geo://location: where an address is
	ASN                  // asn://default: whose it is
	Threat               // sumo://threat/…: what is known to be bad
)

// Name is what a query calls a table.
type Name struct {
	Kind Kind
	Text string // of a User table: its path, or its URL, without path:// and quotes; of any other as it stands in the query
	Case Case   // how the keys of the table compare
}

// ParseName reads the name of a table as it stands in a query.
func ParseName(text string) Name {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return Name{User, unquoted(text), ExactCase}
	}
	switch strings.ToLower(scheme) {
	case "path":
		return Name{User, unquoted(rest), AnyCase}
	case "geo":
		return Name{Location, text, ExactCase}
	case "asn":
		return Name{ASN, text, ExactCase}
	case "sumo":
		if strings.HasPrefix(strings.ToLower(rest), keyThreat) {
			return Name{Threat, text, AnyCase}
		}
	}
	return Name{User, unquoted(text), ExactCase}
}

func unquoted(text string) string { return strings.ReplaceAll(text, `"`, "") }

// Last returns the last element of a user's table's path or URL.
func (n Name) Last() string {
	text, _, _ := strings.Cut(n.Text, "?")
	return path.Base(text)
}

// Key returns the one key that a table has which is not the user's.
func (n Name) Key() string {
	switch n.Kind {
	case Location, ASN:
		return keyIP
	case Threat:
		return keyThreat
	}
	return ""
}

// Known returns the columns that a table has which is not the user's, and those that * stands for; of a user's table nothing is
// known before it is read.
func (n Name) Known() (columns, star []string) {
	switch n.Kind {
	case Location:
		return GeoColumns(), LocationColumns()
	case ASN:
		return GeoColumns(), ASNColumns()
	case Threat:
		return IndicatorColumns(), []string{"type", "actor", "raw", "threatlevel", keyThreat}
	}
	return nil, nil
}
