package main

import "testing"

// A command line gets the command that it begins with alone, and any other line gets all.
func TestCommandsStandAlone(t *testing.T) {
	p := system()
	alone, seeing := p.commands()
	for name := range alone {
		found := p.command([]string{name}).Commands()
		if len(found) != 1 || found[0].Name() != name {
			t.Errorf("%s gets %d commands, the first %s", name, len(found), found[0].Name())
		}
	}
	for _, args := range [][]string{nil, {"config"}, {"docs"}, {"help", "hunt"}, {"--verbose", "hunt"}, {"hnut"}} {
		if n := len(p.command(args).Commands()); n != len(alone)+len(seeing) {
			t.Errorf("%q gets %d commands, not all", args, n)
		}
	}
}
