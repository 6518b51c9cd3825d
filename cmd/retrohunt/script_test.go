package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in testdata")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"retrohunt": main,
	})
}

// TestScripts runs the stories in testdata/script: each is a session of a user, in a folder with the files that it names.
// FIXTURES is the folder of the shipped logs, GEO a file of made-up networks, LINE the end of a line.
func TestScripts(t *testing.T) {
	fixtures, err := filepath.Abs("../../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	geo, err := filepath.Abs("../../lookup/testdata/geo.mmdb")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("FIXTURES", fixtures)
			env.Setenv("GEO", geo)
			env.Setenv("LINE", "\n")
			env.Setenv("NO_COLOR", os.Getenv("NO_COLOR"))
			return nil
		},
	})
}
