package eventxml

import (
	"retrohunt/internal/jsonquote"
)

// systemField says what a part of System is called.
type systemField struct {
	names  [2]string // the second may be empty
	number bool      // written as a JSON number, if it is one
}

// systemFields are the parts of System by their path. Where exports disagree on a name, the field has both: Windows' own,
// and that of NXLog and of Windows Event Collector.
var systemFields = map[string]systemField{
	"Provider.Name":                 {names: [2]string{"ProviderName", "SourceName"}},
	"Provider.Guid":                 {names: [2]string{"ProviderGuid"}},
	"Provider.EventSourceName":      {names: [2]string{"EventSourceName"}},
	"EventID":                       {names: [2]string{"EventID"}, number: true},
	"EventID.Qualifiers":            {names: [2]string{"Qualifiers"}, number: true},
	"Version":                       {names: [2]string{"Version"}, number: true},
	"Level":                         {names: [2]string{"Level"}, number: true},
	"Task":                          {names: [2]string{"Task"}, number: true},
	"Opcode":                        {names: [2]string{"Opcode"}, number: true},
	"Keywords":                      {names: [2]string{"Keywords"}},
	"TimeCreated.SystemTime":        {names: [2]string{"TimeCreated"}},
	"EventRecordID":                 {names: [2]string{"EventRecordID", "RecordNumber"}, number: true},
	"Correlation.ActivityID":        {names: [2]string{"ActivityID"}},
	"Correlation.RelatedActivityID": {names: [2]string{"RelatedActivityID"}},
	"Execution.ProcessID":           {names: [2]string{"ExecutionProcessID"}, number: true},
	"Execution.ThreadID":            {names: [2]string{"ExecutionThreadID"}, number: true},
	"Channel":                       {names: [2]string{"Channel"}},
	"Computer":                      {names: [2]string{"Computer", "Hostname"}},
	"Security.UserID":               {names: [2]string{"UserID"}},
}

// field makes a field of a text, by the path and the rules of the section.
func (p *parser) field(text []byte) error {
	switch p.section {
	case system:
		return p.systemField(text)
	case eventData:
		return p.member(p.path, text, false)
	case userData:
		if len(p.path) > p.wrapper {
			return p.member(p.path[p.wrapper:], text, false)
		}
		return p.member(p.path, text, false)
	case renderingInfo:
		if string(p.path) == "Message" {
			return p.member(p.path, text, false)
		}
	}
	return p.partMember(p.path, text, false)
}

func (p *parser) systemField(text []byte) error {
	known, ok := systemFields[string(p.path)]
	if !ok {
		return p.member(p.path, text, false)
	}
	for _, name := range known.names {
		if name == "" {
			break
		}
		p.own = append(p.own[:0], name...)
		if err := p.member(p.own, text, known.number && isNumber(text)); err != nil {
			return err
		}
	}
	return nil
}

// member appends a member under a name, or under the name with its part if the event has the name already.
func (p *parser) member(name, text []byte, number bool) error {
	if len(name) == 0 || !p.taken.Add(nil, name) {
		return p.partMember(name, text, number)
	}
	return p.append(nil, name, 0, text, number)
}

// partMember appends a member under the name of its part, and a number if the event has that already.
func (p *parser) partMember(name, text []byte, number bool) error {
	if p.taken.Add(p.part, name) {
		return p.append(p.part, name, 0, text, number)
	}
	p.doubles++
	return p.append(p.part, name, p.doubles, text, number)
}

func (p *parser) append(part, name []byte, double int, text []byte, number bool) error {
	if p.taken.Len()+p.doubles > maxNames {
		return p.fail("too many fields")
	}
	if len(p.dst) > p.bare {
		p.dst = append(p.dst, ',')
	}
	p.key = jsonquote.AppendName(p.key[:0], part, name)
	if double > 0 {
		p.key = append(appendInt(append(p.key, '['), double), ']')
	}
	p.dst = append(jsonquote.Append(p.dst, p.key), ':')
	if number {
		p.dst = append(p.dst, text...)
		return nil
	}
	p.dst = jsonquote.Append(p.dst, text)
	return nil
}

// isNumber reports whether text is a whole number as JSON writes it.
func isNumber(text []byte) bool {
	if len(text) == 0 || text[0] == '0' && len(text) > 1 {
		return false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
