// Package eventxml turns one Windows event from XML, as the event log, Splunk, evtxexport and syslog write it, into one flat
// JSON object with the names that queries use.
//
//	<Event><System><Provider Name='P'/><EventID>1</EventID>…</System><EventData><Data Name='Image'>a</Data></EventData></Event>
//	{"ProviderName":"P","SourceName":"P","EventID":1,…,"Image":"a"}
//
// The names, in the order of the event:
//
//   - System's are in the table of names.go; what is not there keeps its own name, attributes as Element.Attribute.
//   - EventData's are those of the data: <Data Name='X'> is X. Data without a name, or with an empty one, is param1, param2, … as Winlogbeat has it.
//   - UserData's are the names of the elements below the one that wraps them, nested ones as A.B, attributes as A.Attribute.
//   - RenderingInfo's Message is Message, the others RenderingInfo.X; other parts of the event likewise are Part.X.
//   - A name that the event has already, in any case of letters, gets the name of its part: EventData.X; and if it has that
//     too, a number: EventData.X[1]. So System's own fields are never overwritten.
//
// Texts are as in the XML: entities and CDATA decoded, line ends as XML says, numbers and times as they are written. The
// numbers of System are JSON numbers. The package frames no events, reads no time, and declares no entities: a document
// type is refused. It keeps nothing: what it returns is the caller's.
package eventxml

import (
	"sync"

	"retrohunt/internal/jsonquote"
)

// Error says where an event is no event, and why.
type Error struct {
	Offset int // byte in the event
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// Limits of what is taken for an event. Windows itself has at most 128 data in an event, and hardly ever nests them.
const (
	maxDepth = 64
	maxNames = 4096
)

var parsers = sync.Pool{New: func() any { return new(parser) }}

// AppendJSON appends the event in xml as one JSON object to dst. Its error is an *Error; dst is then returned as it came.
func AppendJSON(dst, xml []byte) ([]byte, error) {
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	p.reset(dst, xml)
	err := p.event()
	out := p.dst
	p.src, p.dst = nil, nil
	if err != nil {
		return dst, err
	}
	return out, nil
}

// parser is the state of one event.
type parser struct {
	scanner
	dst  []byte
	bare int // length of dst with no field yet

	section section
	part    []byte // its element's name
	path    []byte // of the field, below the section
	wrapper int    // length of what comes before the names of UserData in path
	own     []byte // a name from a table
	key     []byte // what is written
	unnamed int    // data without names so far
	doubles int    // names that needed a number so far
	taken   jsonquote.Names
}

func (p *parser) reset(dst, xml []byte) {
	p.scanner.reset(xml)
	p.dst = append(dst, '{')
	p.bare = len(p.dst)
	p.path = p.path[:0]
	p.unnamed, p.doubles = 0, 0
	p.taken.Reset()
}

// section is a part of an event; names are made by its rules.
type section uint8

const (
	otherSection section = iota
	system
	eventData
	userData
	renderingInfo
)

func sectionOf(name []byte) section {
	switch string(name) {
	case "System":
		return system
	case "EventData":
		return eventData
	case "UserData":
		return userData
	case "RenderingInfo":
		return renderingInfo
	}
	return otherSection
}

// event reads the whole of the source.
func (p *parser) event() error {
	if err := p.prolog(); err != nil {
		return err
	}
	name, err := p.openTag()
	if err != nil {
		return err
	}
	if string(local(name)) != "Event" {
		return p.fail("the element is " + quoted(name) + ", not Event")
	}
	end, err := p.skipAttributes()
	if err != nil {
		return err
	}
	for end == opened {
		text, next, err := p.content()
		if err != nil {
			return err
		}
		if len(trim(text)) > 0 {
			p.section, p.part, p.path = otherSection, local(name), p.path[:0]
			if err := p.field(text); err != nil {
				return err
			}
		}
		if next == endTag {
			if err := p.closeTag(name); err != nil {
				return err
			}
			break
		}
		if err := p.sectionElement(); err != nil {
			return err
		}
	}
	if err := p.epilog(); err != nil {
		return err
	}
	p.dst = append(p.dst, '}')
	return nil
}

// sectionElement reads a child of Event.
func (p *parser) sectionElement() error {
	name, err := p.openTag()
	if err != nil {
		return err
	}
	p.part = local(name)
	p.section = sectionOf(p.part)
	p.path = p.path[:0]
	end, _, err := p.attributes(0)
	if err != nil || end == closed {
		return err
	}
	for {
		text, next, err := p.content()
		if err != nil {
			return err
		}
		p.path = p.path[:0]
		if len(trim(text)) > 0 {
			if err := p.field(text); err != nil {
				return err
			}
		}
		if next == endTag {
			return p.closeTag(name)
		}
		if err := p.element(0, 1); err != nil {
			return err
		}
	}
}

// element reads an element below a section, whose path is to begin with the first bytes of p.path.
func (p *parser) element(base, depth int) error {
	if depth > maxDepth {
		return p.fail("elements are nested too deep")
	}
	name, err := p.openTag()
	if err != nil {
		return err
	}
	if err := p.name(base, local(name)); err != nil {
		return err
	}
	here := len(p.path)
	if depth == 1 {
		p.wrapper = 0
	}
	end, fields, err := p.attributes(here)
	if err != nil {
		return err
	}
	if end == closed {
		return p.leaf(nil, fields)
	}
	for children := false; ; children = true {
		text, next, err := p.content()
		if err != nil {
			return err
		}
		p.path = p.path[:here]
		if !children && next == endTag {
			err = p.leaf(text, fields)
		} else if len(trim(text)) > 0 {
			err = p.field(text)
		}
		if err != nil {
			return err
		}
		if next == endTag {
			return p.closeTag(name)
		}
		if err := p.element(p.below(depth), depth+1); err != nil {
			return err
		}
	}
}

// name puts an element's name behind the base of the path.
func (p *parser) name(base int, element []byte) error {
	p.path = append(p.path[:base], element...)
	if p.section != eventData || string(element) != "Data" && string(element) != "ComplexData" {
		return nil
	}
	name, found, err := p.findName()
	switch {
	case err != nil:
		return err
	case found && len(name) > 0:
		p.path = append(p.path[:base], name...)
	default:
		p.unnamed++
		p.path = appendInt(append(p.path[:base], "param"...), p.unnamed)
	}
	return nil
}

// below returns the base of the path for the children of the element that the path names. The element that wraps the
// fields of UserData is no part of their names.
func (p *parser) below(depth int) int {
	p.path = append(p.path, '.')
	if depth == 1 {
		p.wrapper = len(p.path)
	}
	return len(p.path)
}

// leaf makes a field of an element without children. Of those that have just attributes these are the fields.
func (p *parser) leaf(text []byte, attributes int) error {
	if p.section == system {
		text = trim(text)
	}
	if len(text) == 0 && (p.section == system || attributes > 0) {
		return nil
	}
	return p.field(text)
}

// attributes makes fields of an element's attributes, but for namespaces and the name of a datum. It returns how many.
// here is the length of the element's path, 0 for a section.
func (p *parser) attributes(here int) (end tagEnd, fields int, err error) {
	for {
		name, value, end, err := p.attribute()
		if err != nil || end != 0 {
			return end, fields, err
		}
		own := local(name)
		switch {
		case isNamespace(name), p.section == eventData && here > 0 && string(own) == "Name":
			continue
		case here == 0:
			err = p.partMember(own, value, false)
		default:
			p.path = append(append(p.path[:here], '.'), own...)
			err = p.field(value)
			p.path = p.path[:here]
		}
		if err != nil {
			return 0, fields, err
		}
		fields++
	}
}
