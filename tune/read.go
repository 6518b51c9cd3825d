package tune

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"

	"retrohunt/detections"
	"retrohunt/internal/yamlplace"
)

// Read reads an overlay. Its error is a *yamlplace.Mistake if the file could be read:
//
//	exclude:
//	  - detection: t1021.007
//	    where: actor = "svc-deploy" and cmd_line matches "az login*"
//	    reason: the deployment logs in this way
//	    expires: 2026-12-31
//	severity:
//	  t1021.007: medium
func Read(name string) (*Overlay, error) {
	text, err := yamlplace.Text(name)
	if err != nil {
		return nil, err
	}
	entries, err := yamlplace.Parse(name, text)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	o := &Overlay{SHA256: hex.EncodeToString(sum[:])}
	for _, e := range entries {
		switch e.Key {
		case "exclude":
			err = o.readExclusions(e.Value)
		case "severity":
			err = o.readSeverities(e.Value)
		default:
			err = e.At.Mistake("a tuning has exclude and severity", "there is no %q in a tuning", e.Key)
		}
		if err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *Overlay) readExclusions(list yamlplace.Value) error {
	if !list.IsList() {
		return list.At().Mistake("", "expected a list of exclusions here")
	}
	for _, item := range list.Items() {
		e := Exclusion{At: item.At()}
		fields, err := item.Entries()
		if err != nil {
			return err
		}
		for _, f := range fields {
			if err := e.read(f); err != nil {
				return err
			}
		}
		if err := e.complete(); err != nil {
			return err
		}
		o.Exclusions = append(o.Exclusions, e)
	}
	return nil
}

// read takes one field of an exclusion.
func (e *Exclusion) read(f yamlplace.Entry) error {
	text, err := f.Value.Text()
	if err != nil {
		return err
	}
	text = strings.TrimRight(text, "\n")
	switch f.Key {
	case "detection":
		e.Detection, err = pattern(text, f.Value.At())
		return err
	case "where":
		e.Where = text
		e.Line, e.Indent = f.Value.TextPlace()
	case "reason":
		e.Reason = text
	case "expires":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return f.Value.At().Mistake("", "expires is a day such as 2026-12-31, not %q", text)
		}
		e.Expires = text
	default:
		return f.At.Mistake("an exclusion has detection, where, reason and expires", "there is no %q in an exclusion", f.Key)
	}
	return nil
}

// complete checks that what an exclusion must have is there.
func (e *Exclusion) complete() error {
	for _, f := range []struct{ key, text string }{{"detection", e.Detection}, {"where", e.Where}, {"reason", e.Reason}} {
		if strings.TrimSpace(f.text) == "" {
			return e.At.Mistake("", "this exclusion has no %s", f.key)
		}
	}
	return nil
}

// pattern checks an id or a glob of ids.
func pattern(text string, at yamlplace.Place) (string, error) {
	if _, err := path.Match(text, ""); err != nil {
		return "", at.Mistake("* and ? stand for any text and any character", "%q is no id and no glob of ids", text)
	}
	return strings.ToLower(text), nil
}

func (o *Overlay) readSeverities(v yamlplace.Value) error {
	entries, err := v.Entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		s := Severity{At: e.At}
		if s.Severity, err = e.Value.Text(); err != nil {
			return err
		}
		if !slices.Contains(detections.Severities, s.Severity) {
			return e.Value.At().Mistake("", "severity %q is none of %s", s.Severity, strings.Join(detections.Severities, ", "))
		}
		if s.Detection, err = pattern(e.Key, e.At); err != nil {
			return err
		}
		o.Severities = append(o.Severities, s)
	}
	return nil
}
