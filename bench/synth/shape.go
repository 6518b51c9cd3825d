package synth

import (
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed shapes/*.txt
var shapeFiles embed.FS

// shape is an event with gaps.
type shape struct {
	name   string
	weight int // of a hundred events of its file
	parts  []part
}

// part is a literal, or a gap that a field fills.
type part struct {
	text  string
	field field
}

// shapes are the events in shapes/.
var shapes = func() (all struct {
	byName map[string]*shape
	bySort map[string][]*shape // by file; as often as its weight says
},
) {
	all.byName, all.bySort = map[string]*shape{}, map[string][]*shape{}
	files, _ := fs.Glob(shapeFiles, "shapes/*.txt")
	for _, file := range files {
		text, _ := shapeFiles.ReadFile(file)
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			s := parseShape(line)
			all.byName[s.name] = s
			sort, _, _ := strings.Cut(s.name, ".")
			for range s.weight {
				all.bySort[sort] = append(all.bySort[sort], s)
			}
		}
	}
	return all
}()

// parseShape reads a line: name, weight, event.
func parseShape(line string) *shape {
	words := strings.SplitN(line, " ", 3)
	if len(words) != 3 {
		panic("synth: no shape: " + line)
	}
	weight, err := strconv.Atoi(words[1])
	if err != nil {
		panic("synth: " + words[0] + ": " + err.Error())
	}
	return &shape{words[0], weight, parseParts(words[2])}
}

// parseParts takes a text apart at its <fields>.
func parseParts(text string) []part {
	var parts []part
	for {
		before, rest, ok := strings.Cut(text, "<")
		if before != "" {
			parts = append(parts, part{text: before})
		}
		if !ok {
			return parts
		}
		name, after, _ := strings.Cut(rest, ">")
		f := fieldNamed(name)
		if f == nil {
			panic(fmt.Sprintf("synth: no field <%s>", name))
		}
		parts = append(parts, part{field: f})
		text = after
	}
}

func (m *Maker) render(dst []byte, parts []part) []byte {
	for i := range parts {
		if p := &parts[i]; p.field != nil {
			dst = p.field(m, dst)
		} else {
			dst = append(dst, p.text...)
		}
	}
	return dst
}
