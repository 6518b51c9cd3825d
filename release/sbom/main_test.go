package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"runtime/debug"
	"testing"
)

// TestOfThisBinary makes the bill of the test's own binary.
func TestOfThisBinary(t *testing.T) {
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := run(name, w); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the bills of one binary differ")
	}
	var b bill
	if err := json.Unmarshal(first.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Metadata.Component.Name != "retrohunt" || b.Components[0].Name != "std" || len(b.Dependencies[0].DependsOn) != len(b.Components) {
		t.Errorf("%s", first.String())
	}
	if ok, _ := regexp.MatchString(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, b.Serial); !ok {
		t.Errorf("the serial number %s is no UUID", b.Serial)
	}
}

func TestModules(t *testing.T) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Path: "retrohunt", Version: "v1.2.0+dirty"},
		Deps: []*debug.Module{
			{Path: "example.com/Upper", Version: "v1.0.0", Sum: "h1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
			{Path: "example.com/old", Version: "v1.0.0", Replace: &debug.Module{Path: "example.com/new", Version: "v2.0.0"}},
		},
		Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "-ldflags", Value: "-s"}},
	}
	b := billOf(info, [32]byte{})
	if p := b.Metadata.Component; p.PackageURL != "pkg:golang/retrohunt@v1.2.0%2Bdirty" || p.Type != "application" || len(p.Properties) != 1 {
		t.Errorf("the program: %+v", p)
	}
	if c := b.Components[1]; c.PackageURL != "pkg:golang/example.com/upper@v1.0.0" || c.Hashes[0].Content != "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" {
		t.Errorf("a module: %+v", c)
	}
	if c := b.Components[2]; c.Name != "example.com/new" || c.Version != "v2.0.0" || c.Hashes != nil {
		t.Errorf("a module that another took the place of: %+v", c)
	}
}

func TestNoGoBinary(t *testing.T) {
	if err := run("main.go", &bytes.Buffer{}); err == nil {
		t.Error("a source file has a bill")
	}
}
