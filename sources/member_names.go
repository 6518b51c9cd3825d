package sources

import (
	"fmt"
	"hash/maphash"
)

// memberNames tells members of one name apart, which zip and tar allow: the place of an event must lead to that very event. It
// keeps hashes, for an archive may have a million members.
type memberNames map[uint64]int // how often a name came

var memberSeed = maphash.MakeSeed()

// distinct returns the name of the next member: from the second of a name on with its number, "a.json (2)".
func (seen memberNames) distinct(name string) string {
	first := maphash.String(memberSeed, name)
	seen[first]++
	if seen[first] == 1 {
		return name
	}
	for {
		numbered := fmt.Sprintf("%s (%d)", name, seen[first])
		h := maphash.String(memberSeed, numbered)
		if seen[h]++; seen[h] == 1 {
			return numbered
		}
		seen[first]++ // another member has that name
	}
}
