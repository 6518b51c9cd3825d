package lookup

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/tidwall/gjson"
	"github.com/tidwall/pretty"

	"retrohunt/engine/value"
)

// readJSONLines reads an object from each line. A key that a line does not have is null there.
func (t *Table) readJSONLines(in *bufio.Reader) error {
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			if err := t.object(n, text); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

func (t *Table) object(line int, text []byte) error {
	if text[0] != '{' || !gjson.ValidBytes(text) {
		return t.wrong(line, "no JSON object")
	}
	row := make([]value.Value, len(t.columns))
	gjson.ParseBytes(text).ForEach(func(key, v gjson.Result) bool {
		i := find(t.columns, key.Str)
		if i < 0 {
			i = len(t.columns)
			t.columns = append(t.columns, key.Str)
			row = append(row, value.Value{})
		}
		row[i] = ofJSON(v)
		return true
	})
	t.rows = append(t.rows, row)
	return nil
}

// ofJSON returns the value of a JSON value.
func ofJSON(v gjson.Result) value.Value {
	switch v.Type {
	case gjson.Null:
		return value.Value{}
	case gjson.True, gjson.False:
		return value.OfBool(v.Type == gjson.True)
	case gjson.Number:
		if n, ok := value.ParseNumber(v.Raw); ok {
			return n
		}
	case gjson.JSON:
		return value.OfString(string(pretty.Ugly([]byte(v.Raw))))
	}
	return value.OfString(v.Str)
}
