package extract

import (
	"strconv"
	"strings"

	"retrohunt/engine/value"
	"retrohunt/internal/jsonquote"
	"retrohunt/internal/view"
)

// JSON is the pattern of json "a.b", "c[*].d": paths into the JSON of a text, each with its value.
type JSON struct {
	sources []string
	paths   [][]step
}

// NewJSON reads paths. Its error is an UnsupportedPathError or says what is wrong with the path at the returned place.
func NewJSON(paths []string) (p *JSON, wrong int, err error) {
	p = &JSON{sources: paths}
	for i, source := range paths {
		steps, err := parsePath(source)
		if err != nil {
			return nil, i, err
		}
		p.paths = append(p.paths, steps)
	}
	return p, 0, nil
}

func (p *JSON) Finder() Finder { return &jsonFinder{pattern: p} }
func (p *JSON) String() string { return "json " + quoted(p.sources) }

// jsonFinder keeps the texts that do not stand in the JSON as they are: unescaped, compacted, gathered.
type jsonFinder struct {
	pattern *JSON
	memory  []byte
	name    []byte // scratch
	other   []byte // scratch, for what a name or text is compared with
}

// Find looks for each path. A path whose value is JSON's null is there and null.
func (f *jsonFinder) Find(text string, found []value.Value) bool {
	f.memory = f.memory[:0]
	json := jsonIn(text)
	if json == "" {
		return false
	}
	whole := true
	for i, steps := range f.pattern.paths {
		v, ok := f.at(json, steps)
		found[i] = v
		whole = whole && ok
	}
	return whole
}

// at returns what a path leads to. From the first step on that may lead to several values, it is the array of them.
func (f *jsonFinder) at(json string, steps []step) (value.Value, bool) {
	for i := range steps {
		if !steps[i].definite() {
			return f.gathered(json, steps[i:])
		}
		if steps[i].length {
			return f.length(json), true
		}
		var ok bool
		if json, ok = f.into(json, &steps[i]); !ok {
			return value.Value{}, false
		}
	}
	return f.text(json), true
}

// into follows a step that leads to one value. Of two members of one name it is the last.
func (f *jsonFinder) into(json string, s *step) (found string, ok bool) {
	if len(s.keys) == 1 {
		return f.member(json, s.keys[0])
	}
	return element(json, s.indexes[0])
}

func (f *jsonFinder) member(json, name string) (found string, ok bool) {
	if json[0] != '{' {
		return "", false
	}
	for it := itemsOf(json); ; {
		key, val, more := it.next(true)
		if !more {
			return found, ok
		}
		if f.isKey(key, name) {
			found, ok = val, true
		}
	}
}

// isKey compares a key in quotes with a name.
func (f *jsonFinder) isKey(key, name string) bool {
	inside := key[1 : len(key)-1]
	if strings.IndexByte(inside, '\\') < 0 {
		return inside == name
	}
	f.name = jsonquote.AppendUnquoted(f.name[:0], inside)
	return string(f.name) == name
}

func element(json string, index int) (string, bool) {
	if json[0] != '[' {
		return "", false
	}
	if index < 0 {
		index += size(json)
	}
	it := itemsOf(json)
	for i := 0; ; i++ {
		_, val, more := it.next(false)
		if !more || i == index {
			return val, more
		}
	}
}

func size(container string) int {
	n, object := 0, container[0] == '{'
	for it := itemsOf(container); ; n++ {
		if _, _, more := it.next(object); !more {
			return n
		}
	}
}

// down follows steps that lead to one value each.
func (f *jsonFinder) down(json string, steps []step) (found string, ok bool) {
	for i := range steps {
		if json, ok = f.into(json, &steps[i]); !ok {
			return "", false
		}
	}
	return json, true
}

// length is how many elements or members a container has; null for any other value.
func (f *jsonFinder) length(json string) value.Value {
	if json[0] != '{' && json[0] != '[' {
		return value.Value{}
	}
	start := len(f.memory)
	f.memory = strconv.AppendInt(f.memory, int64(size(json)), 10)
	return f.kept(start)
}

// text is the value as a field has it.
func (f *jsonFinder) text(json string) value.Value {
	switch json[0] {
	case 'n':
		return value.Value{}
	case '"':
		if json = json[1 : len(json)-1]; strings.IndexByte(json, '\\') < 0 {
			return value.OfString(json)
		}
		start := len(f.memory)
		f.memory = jsonquote.AppendUnquoted(f.memory, json)
		return f.kept(start)
	case '{', '[':
		if !strings.ContainsAny(json, " \t\r\n") {
			return value.OfString(json)
		}
		start := len(f.memory)
		f.memory = appendCompact(f.memory, json, false)
		return f.kept(start)
	}
	return value.OfString(json)
}

// kept makes a value of what was appended to the memory from a place on. Should the memory grow later, the value keeps the
// old one.
func (f *jsonFinder) kept(start int) value.Value {
	return value.OfString(view.String(f.memory[start:]))
}

// gathered is the array of all values that steps lead to. It is there, maybe empty, if the first step has something to go
// into.
func (f *jsonFinder) gathered(json string, steps []step) (value.Value, bool) {
	if json[0] != '{' && json[0] != '[' {
		return value.Value{}, false
	}
	start := len(f.memory)
	f.memory = append(f.gather(append(f.memory, '['), json, steps), ']')
	return f.kept(start), true
}

// gather appends the values that steps lead to, with commas between them.
func (f *jsonFinder) gather(dst []byte, json string, steps []step) []byte {
	if len(steps) == 0 {
		if dst[len(dst)-1] != '[' {
			dst = append(dst, ',')
		}
		return appendCompact(dst, json, true)
	}
	s := &steps[0]
	if s.filter == nil {
		dst = f.gatherStep(dst, json, s, steps[1:])
	} else {
		dst = f.gatherFiltered(dst, json, s, steps[1:])
	}
	if !s.deep {
		return dst
	}
	object := json[0] == '{'
	for it := itemsOf(json); ; {
		_, val, more := it.next(object)
		if !more {
			return dst
		}
		dst = f.gather(dst, val, steps)
	}
}

// gatherFiltered follows a filter into the elements of an array of which it holds, or stays at an object of which it does. A
// filter of everything below looks at objects only: each is looked at once, whatever it stands in.
func (f *jsonFinder) gatherFiltered(dst []byte, json string, s *step, behind []step) []byte {
	switch {
	case json[0] == '{' && s.filter.holds(f, json):
		return f.gather(dst, json, behind)
	case json[0] != '[' || s.deep:
		return dst
	}
	for it := itemsOf(json); ; {
		_, val, more := it.next(false)
		if !more {
			return dst
		}
		if s.filter.holds(f, val) {
			dst = f.gather(dst, val, behind)
		}
	}
}

// gatherStep follows one step into every item that it names, and the steps behind it from there.
func (f *jsonFinder) gatherStep(dst []byte, json string, s *step, behind []step) []byte {
	if len(s.keys) > 0 && !s.all {
		for _, name := range s.keys {
			if val, ok := f.member(json, name); ok {
				dst = f.gather(dst, val, behind)
			}
		}
		return dst
	}
	object := json[0] == '{'
	if object && !s.all || !object && json[0] != '[' {
		return dst
	}
	if !s.all && s.slice == nil {
		for _, index := range s.indexes {
			if val, ok := element(json, index); ok {
				dst = f.gather(dst, val, behind)
			}
		}
		return dst
	}
	from, to := s.bounds(json)
	it := itemsOf(json)
	for i := 0; i < to; i++ {
		_, val, more := it.next(object)
		if !more {
			break
		}
		if i >= from {
			dst = f.gather(dst, val, behind)
		}
	}
	return dst
}

// bounds returns which items of a container the step takes.
func (s *step) bounds(json string) (from, to int) {
	if s.slice == nil {
		return 0, toEnd
	}
	from, to = s.slice[0], s.slice[1]
	if from < 0 || to < 0 {
		n := size(json)
		if from < 0 {
			from = max(0, from+n)
		}
		if to < 0 {
			to += n
		}
	}
	return from, to
}
