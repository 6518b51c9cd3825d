package content

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

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

// YAML writes a detection: its query as a block to read, or in quotes if a block would not keep it as it is.
func YAML(d *detections.Detection) ([]byte, error) {
	text, err := write(d, 0)
	var back detections.Detection
	if err == nil && yaml.Unmarshal(text, &back) == nil && written(&back) == written(d) {
		return text, nil
	}
	return write(d, yaml.DoubleQuotedStyle)
}

// written are the texts of a detection that an item has.
func written(d *detections.Detection) [4]string {
	return [4]string{d.ID, d.Title, d.Description, d.Query}
}

// write writes what an item has of a detection. Without a style, texts of several lines become blocks.
func write(d *detections.Detection, style yaml.Style) ([]byte, error) {
	doc := yaml.Node{Kind: yaml.MappingNode}
	texts := written(d)
	for i, key := range []string{"id", "title", "description", "query"} {
		if key == "description" && texts[i] == "" {
			continue
		}
		value := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: texts[i], Style: style}
		if style == 0 && strings.Contains(texts[i], "\n") {
			value.Style = yaml.LiteralStyle
		}
		doc.Content = append(doc.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, &value)
	}
	return yaml.Dump(&doc, yaml.WithLineWidth(-1))
}
