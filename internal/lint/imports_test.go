package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says, for each package, which of our packages its code (tests aside) may import. docs/architecture.md draws the
// picture from the same rules; a package that is missing here fails the test.
var mayImport = map[string][]string{
	"internal/view":  {},
	"internal/swar":  {},
	"internal/lint":  {},
	"internal/race":  {},
	"internal/space": {},

	"internal/pattern": {},

	"internal/jsonquote": {"internal/swar"},
	"internal/yamlplace": {},
	"internal/manual":    {"engine/catalog", "internal/pattern"},

	"engine/syntax":   {"internal/pattern"},
	"engine/catalog":  {},
	"engine/dialect":  {"engine/syntax", "internal/pattern"},
	"engine/value":    {"internal/space", "internal/jsonquote"},
	"engine/function": {"engine/value", "internal/view"},
	"engine/regex":    {"internal/pattern"},
	"engine/match":    {"engine/regex", "engine/match/literal", "internal/space"},
	"engine/extract":  {"engine/regex", "engine/value", "internal/jsonquote", "internal/view", "internal/pattern"},
	"engine/rows":     {"engine/value", "internal/view"},
	"engine/agg":      {"engine/value", "engine/rows", "internal/view"},
	"engine/check":    {"engine/syntax", "engine/catalog", "engine/function", "engine/extract", "engine/regex", "engine/value", "lookup", "internal/pattern"},
	"engine/plan":     {"engine/syntax", "engine/check", "engine/value", "engine/match", "engine/extract", "engine/regex", "engine/function", "engine/agg", "normalize", "lookup"},
	"engine/exec":     {"engine/plan", "engine/match", "engine/extract", "engine/value", "engine/function", "engine/agg", "engine/rows", "normalize", "internal/view", "lookup"},
	"engine":          {"engine/syntax", "engine/dialect", "engine/check", "engine/plan", "engine/exec", "engine/match", "engine/regex", "engine/value", "engine/function", "engine/rows", "normalize", "lookup", "internal/jsonquote"},
	"engine/stream":   {"engine", "normalize", "sources", "internal/swar"},

	"engine/match/literal":     {},
	"engine/match/literal/asm": {},

	"normalize/wire":     {"internal/jsonquote", "internal/view", "internal/swar"},
	"normalize/mapping":  {},
	"normalize/eventxml": {"internal/jsonquote"},
	"normalize":          {"normalize/wire", "normalize/mapping", "normalize/eventxml", "internal/view"},

	"sources/remote":           {"internal/pattern"},
	"sources":                  {"sources/archive", "sources/decode", "sources/disk", "sources/remote", "sources/window", "internal/pattern", "internal/swar"},
	"sources/window":           {},
	"sources/disk":             {},
	"sources/archive/crc":      {},
	"sources/archive/crc/asm":  {},
	"sources/archive/inflate":  {"sources/archive/crc"},
	"sources/archive/lzma":     {},
	"sources/archive/sevenzip": {"sources/archive/crc", "sources/archive/inflate", "sources/archive/lzma"},
	"sources/archive":          {"sources/archive/crc", "sources/archive/inflate", "sources/archive/lzma", "sources/archive/sevenzip"},
	"sources/decode":           {"sources/window", "normalize/eventxml", "internal/jsonquote"},

	"lookup":             {"engine/value"},
	"inventory":          {"normalize", "normalize/mapping", "normalize/wire", "normalize/eventxml", "sources", "internal/view"},
	"config":             {"internal/yamlplace"},
	"detections":         {"internal/yamlplace"},
	"detections/content": {"detections"},
	"tune":               {"detections", "internal/yamlplace"},
	"report/parquet":     {},
	"report":             {"engine", "engine/stream", "engine/syntax", "engine/value", "report/parquet", "detections", "inventory", "normalize/mapping", "internal/jsonquote", "internal/yamlplace", "internal/pattern"},
	"runfile":            {"detections", "engine/stream", "sources"},
	"cmd/retrohunt":      {"*"},

	"release/sbom": {},

	"bench/synth":       {},
	"bench/gen":         {"bench/synth"},
	"bench/curves":      {},
	"fixtures/generate": {"bench/synth"},
}

// testsOnly are packages that nothing but tests may import.
var testsOnly = []string{"engine/naive"}

const (
	module = "retrohunt"
	root   = "../.."
)

// source is one Go file of the module.
type source struct {
	path string // from the root, with slashes
	pkg  string // import path without the module's name
	ast  *ast.File
}

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func sourceFiles(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		pkg := strings.TrimSuffix(strings.TrimSuffix(relative, name), "/")
		out = append(out, source{relative, pkg, file})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 100 {
		t.Fatalf("only %d Go files below %s", len(out), root)
	}
	return out
}

// imports returns the import paths of a file.
func (s source) imports(t *testing.T) []string {
	var out []string
	for _, i := range s.ast.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, path)
	}
	return out
}

func TestImports(t *testing.T) {
	for _, s := range sourceFiles(t) {
		if s.isTest() {
			continue
		}
		allowed, known := mayImport[s.pkg]
		if !known && !slices.Contains(testsOnly, s.pkg) {
			t.Errorf("%s: package %s has no import rule; give it one in internal/lint", s.path, s.pkg)
			continue
		}
		for _, path := range s.imports(t) {
			ours, ok := strings.CutPrefix(path, module+"/")
			switch {
			case !ok:
			case slices.Contains(testsOnly, ours):
				t.Errorf("%s imports %s, which is for tests only", s.path, ours)
			case !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*") && known:
				t.Errorf("%s: %s may not import %s", s.path, s.pkg, ours)
			}
		}
	}
}

func TestUnsafeIsInViewOnly(t *testing.T) {
	for _, s := range sourceFiles(t) {
		if s.pkg != "internal/view" && slices.Contains(s.imports(t), "unsafe") {
			t.Errorf("%s imports unsafe", s.path)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sourceFiles(t) {
		if !s.isTest() {
			documented[s.pkg] = documented[s.pkg] || s.ast.Doc != nil
		}
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no comment", pkg)
		}
	}
}

// TestRulesAreInUse keeps the table from naming packages that are gone.
func TestRulesAreInUse(t *testing.T) {
	exists := map[string]bool{}
	for _, s := range sourceFiles(t) {
		exists[s.pkg] = true
	}
	for pkg := range mayImport {
		if !exists[pkg] {
			t.Errorf("there is a rule for %s, but no such package", pkg)
		}
	}
}
