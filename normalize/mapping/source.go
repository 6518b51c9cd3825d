package mapping

import (
	"slices"
	"strings"
)

// Source is a place where a shape keeps a value.
type Source struct {
	// Name is a flattened name of the event, in lower case, where one * may stand for one key: userdata.*.subjectusername.
	Name string
	// Inside is "", or the name of a field whose text is JSON or XML itself; then Name goes on inside of it, with the dot or
	// the bracket that it begins with: ".errorcode" inside status.
	Inside string
}

// Sources returns where events of a shape may keep the value of a name, in lower case, the better ones first, other than under
// that name. Like the field extraction rules of Sumo Logic it only says where to look for what an event lacks.
func (s Shape) Sources(name string) []Source {
	if shapes[s].sources == nil {
		return nil
	}
	found := shapes[s].sources(name)
	all := found[:0]
	for _, source := range found {
		if source != (Source{Name: name}) && !slices.Contains(all, source) { // there are a few
			all = append(all, source)
		}
	}
	return all
}

// plain are sources in the event itself.
func plain(names ...string) []Source {
	all := make([]Source, 0, len(names))
	for _, name := range names {
		all = append(all, Source{Name: name})
	}
	return all
}

// under returns each of the names below a container, as event data are.
func under(container string, names []string) []Source {
	all := make([]Source, 0, len(names))
	for _, name := range names {
		all = append(all, Source{Name: container + "." + name})
	}
	return all
}

// inside returns each of the names in the text of a field.
func inside(field string, names []string) []Source {
	all := make([]Source, 0, len(names))
	for _, name := range names {
		all = append(all, Source{Name: "." + name, Inside: field})
	}
	return all
}

// cutPrefix takes the first of the prefixes off that a name has.
func cutPrefix(name string, prefixes ...string) (rest string, ok bool) {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return rest, true
		}
	}
	return name, false
}
