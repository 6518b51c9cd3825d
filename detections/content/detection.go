package content

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"retrohunt/detections"
)

// Names gives items ids that are unique, and the same whenever the same items come in the same order.
type Names struct{ taken map[string]bool }

// maxID is the length of the longest id, in bytes, so that file systems take it for a name.
const maxID = 100

// ID returns the id of an item: of its own name and that of what it is in, in letters, digits and dashes.
func (n *Names) ID(i Item) string {
	base := slug(strings.Join(i.Path[max(0, len(i.Path)-2):], " "))
	id := base
	for k := 2; n.taken[id]; k++ {
		id = base + "-" + strconv.Itoa(k)
	}
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	n.taken[id] = true
	return id
}

// slug makes a name of a-z, 0-9 and single dashes of a text.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= maxID {
			break
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s
	}
	return "query"
}

// Detection makes a detection of an item.
func (i Item) Detection(id string) *detections.Detection {
	description := strings.TrimSpace(i.Description)
	if len(i.Notes) > 0 {
		description = strings.TrimSpace(description + "\n\n" + strings.Join(i.Notes, "\n"))
	}
	return &detections.Detection{ID: id, Title: strings.Join(i.Path, " / "), Description: description, Query: i.Query}
}

// document is a detection as it is written.
type document struct {
	ID          string `yaml:"id"`
	Title       string `yaml:"title"`
	Description string `yaml:"description,omitempty"`
	Query       string `yaml:"query"`
}

// YAML writes a detection: its query as a block to read, or in quotes if a block would not keep it as it is.
func YAML(d *detections.Detection) ([]byte, error) {
	doc := document{d.ID, d.Title, d.Description, d.Query}
	text, err := yaml.MarshalWithOptions(doc, yaml.UseLiteralStyleIfMultiline(true))
	var back document
	if err == nil && yaml.Unmarshal(text, &back) == nil && back == doc {
		return text, nil
	}
	return quoted(doc)
}

// quoted writes each value as JSON, which is YAML.
func quoted(doc document) ([]byte, error) {
	text, err := yaml.MarshalWithOptions(doc, yaml.JSON())
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}
