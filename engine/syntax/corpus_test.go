package syntax

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what testdata/*.txtar expects")

// TestCorpus reads each NAME.sumo of testdata/*.txtar and compares what it reads with the file after it: NAME.tree, the
// print of the query and its tree, or NAME.errors.
func TestCorpus(t *testing.T) {
	for _, path := range corpus(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var files []txtar.File
		for i, f := range archive.Files {
			name, isQuery := strings.CutSuffix(f.Name, ".sumo")
			if !isQuery {
				continue
			}
			result := read(t, name, strings.TrimSuffix(string(f.Data), "\n"))
			if !*update && (i+1 == len(archive.Files) || !reflect.DeepEqual(archive.Files[i+1], result)) {
				t.Errorf("%s: %s reads as\n-- %s --\n%s", path, f.Name, result.Name, result.Data)
			}
			files = append(files, f, result)
		}
		if *update {
			archive.Files = files
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func corpus(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	return paths
}

// read parses a query of the corpus and shows what it reads.
func read(t *testing.T, name, src string) txtar.File {
	q, err := Parse(src)
	if err != nil {
		return txtar.File{Name: name + ".errors", Data: []byte(showErrors(src, err))}
	}
	checkPrint(t, q)
	var b strings.Builder
	for _, line := range strings.Split(Print(q), "\n") {
		b.WriteString("> " + line + "\n")
	}
	dump(&b, src, "", "", reflect.ValueOf(q))
	return txtar.File{Name: name + ".tree", Data: []byte(b.String())}
}

// showErrors writes each error with its place and the text there.
func showErrors(src string, err error) string {
	var list ErrorList
	errors.As(err, &list)
	var b strings.Builder
	for _, e := range list {
		at := e.(Node).Pos()
		fmt.Fprintf(&b, "%s %q: %v\n", place(src, at.Start), src[at.Start:at.End], e)
		var mistake *Error
		if errors.As(e, &mistake) && mistake.Opening != nil {
			fmt.Fprintf(&b, "\topened at %s\n", place(src, mistake.Opening.Start))
		}
	}
	return b.String()
}

// place returns line:column, both from 1, in bytes.
func place(src string, at int) string {
	before := src[:at]
	return fmt.Sprintf("%d:%d", 1+strings.Count(before, "\n"), at-strings.LastIndex(before, "\n"))
}

// dump writes a tree: each node with its fields and the text that it spans, the nodes in it below and indented.
func dump(b *strings.Builder, src, indent, label string, v reflect.Value) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			dump(b, src, indent, label, v.Index(i))
		}
		return
	}
	v = withoutSubqueries(v)
	at := v.FieldByName("Span").Interface().(Span)
	b.WriteString(indent + label + v.Type().Name())
	var below []int
	for i := range v.NumField() {
		switch f := v.Type().Field(i); {
		case f.Name == "Span":
		case v.Field(i).Kind() == reflect.Struct:
			s := v.Field(i).Interface().(Span)
			fmt.Fprintf(b, " %s=%q", f.Name, src[s.Start:s.End])
		case v.Field(i).Kind() == reflect.Pointer, v.Field(i).Kind() == reflect.Interface, v.Field(i).Kind() == reflect.Slice:
			below = append(below, i)
		case !v.Field(i).IsZero() || f.Name == "Op":
			fmt.Fprintf(b, " %s=%#v", f.Name, plain(v.Field(i)))
		}
	}
	fmt.Fprintf(b, " «%s»\n", excerpt(src[at.Start:at.End]))
	for _, i := range below {
		dump(b, src, indent+"  ", v.Type().Field(i).Name+": ", v.Field(i))
	}
}

// withoutSubqueries leaves away the list of those that stand in the tree anyway.
func withoutSubqueries(v reflect.Value) reflect.Value {
	if q, ok := v.Interface().(Query); ok {
		q.Subqueries = nil
		return reflect.ValueOf(q)
	}
	return v
}

// plain returns an operator as its text, anything else as it is.
func plain(v reflect.Value) any {
	switch op := v.Interface().(type) {
	case BinaryOp:
		return op.String()
	case UnaryOp:
		return unaryOps[op]
	}
	return v.Interface()
}

// excerpt shortens a text to one line with its start and end.
func excerpt(s string) string {
	s = strings.ReplaceAll(s, "\n", "⏎")
	if r := []rune(s); len(r) > 40 {
		return string(r[:20]) + "…" + string(r[len(r)-20:])
	}
	return s
}
