package naive

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"

	"retrohunt/engine/check"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
)

// parseXML makes fields of paths into the XML of a text. All must be there for the row to stay; with nodrop, one that is not
// is null.
func (p *pipeline) parseXML(s *syntax.ParseXML) {
	paths, names := check.XMLNames(s)
	p.parse(s.Field, names, s.NoDrop, func(text value.Value) finding {
		root, whole := xmlOf(text.Text())
		values, matched := map[string]value.Value{}, whole
		for i, path := range paths {
			v := value.Value{}
			if whole {
				v = xmlAt(root, strings.Split(path, "/")[1:])
			}
			values[strings.ToLower(names[i])] = v
			matched = matched && !v.IsNull()
		}
		return finding{matched, []map[string]value.Value{values}}
	})
}

// tag is an element, or the whole document.
type tag struct {
	start  xml.StartElement
	text   string
	source string
	inner  []*tag
}

// xmlOf reads what stands from the first < to the last > of a text.
func xmlOf(text string) (root *tag, whole bool) {
	source := regexp.MustCompile(`(?s)<.*>`).FindString(text)
	d := xml.NewDecoder(strings.NewReader(source))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	root = &tag{}
	err := root.read(d, source, 0)
	return root, source != "" && err == io.EOF
}

// read reads up to the end of a tag, or of the text.
func (t *tag) read(d *xml.Decoder, source string, start int64) error {
	for {
		at := d.InputOffset()
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			child := &tag{start: token.Copy()}
			t.inner = append(t.inner, child)
			if err := child.read(d, source, at); err != nil {
				return err
			}
		case xml.CharData:
			t.text += string(token)
		case xml.EndElement:
			t.source = source[start:d.InputOffset()]
			return nil
		}
	}
}

var xmlPart = regexp.MustCompile(`^([^\[]*)(?:\[\s*(?:(\d+)|(last\(\))|@([^=\s]+)\s*=\s*["']?([^"']*)["']?)\s*\])?$`)

// xmlAt goes down step by step with all the tags that there are so far, and takes the first at the end.
func xmlAt(root *tag, path []string) value.Value {
	tags := []*tag{root}
	for i, part := range path {
		if i > 0 && i == len(path)-1 {
			if part == "text()" && len(tags) > 0 {
				return value.OfString(tags[0].text)
			}
			if attr, ok := strings.CutPrefix(part, "@"); ok {
				return firstAttr(tags, attr)
			}
		}
		var below []*tag
		for _, t := range tags {
			below = append(below, t.step(xmlPart.FindStringSubmatch(part))...)
		}
		tags = below
	}
	if len(tags) == 0 {
		return value.Value{}
	}
	return value.OfString(tags[0].source)
}

func firstAttr(tags []*tag, name string) value.Value {
	for _, t := range tags {
		for _, a := range t.start.Attr {
			if a.Name.Local == name {
				return value.OfString(a.Value)
			}
		}
	}
	return value.Value{}
}

// step returns the tags below one that a part of the path names: name, [n], [last()], [@attr=value].
func (t *tag) step(part []string) []*tag {
	var out []*tag
	for _, child := range t.inner {
		wanted := part[4] == "" || firstAttr([]*tag{child}, part[4]) == value.OfString(part[5])
		if child.start.Name.Local == part[1] && wanted {
			out = append(out, child)
		}
	}
	n, _ := strconv.Atoi(part[2])
	if part[3] != "" {
		n = len(out)
	}
	switch {
	case n == 0:
		return out
	case n > len(out):
		return nil
	}
	return out[n-1 : n]
}
