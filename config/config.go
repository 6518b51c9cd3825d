// Package config reads the files that hold a user's settings: values of flags, at the top for every command or below a
// command's name for it alone.
//
// It knows neither the commands nor the flags, so it tells what a file says and where, and not whether that means anything;
// cmd/retrohunt does. What it returns belongs to the caller.
package config

import (
	"path/filepath"
	"slices"
	"strings"

	"retrohunt/internal/yamlplace"
)

// Setting is what a file says of one flag.
type Setting struct {
	Command []string // the names of the command that it is for; empty: every command that has the flag
	Key     string   // the flag's long name
	Values  []string // one, or those of a list
	List    bool
	At      yamlplace.Place // of the key
	Section yamlplace.Place // of the last name of Command
}

// Name is the setting's name with its command: hunt.jobs.
func (s Setting) Name() string {
	return strings.Join(append(slices.Clone(s.Command), s.Key), ".")
}

// Read reads a file. Its error is a *yamlplace.Mistake if the file could be read.
func Read(name string) ([]Setting, error) {
	entries, err := yamlplace.Read(name)
	if err != nil {
		return nil, err
	}
	return settings(Setting{}, entries)
}

// settings takes the entries of a section, which begins all its settings; a mapping is a section of its own.
func settings(begun Setting, entries []yamlplace.Entry) (out []Setting, err error) {
	for _, e := range entries {
		var below []Setting
		if e.Value.IsMapping() {
			below, err = section(begun, e)
		} else {
			below, err = setting(begun, e)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	return out, nil
}

// maxCommand is how many names a command may have, more than any has.
const maxCommand = 8

func section(begun Setting, e yamlplace.Entry) ([]Setting, error) {
	if len(begun.Command) == maxCommand {
		return nil, e.At.Mistake("", "commands are not nested as deep as this")
	}
	entries, err := e.Value.Entries()
	if err != nil {
		return nil, err
	}
	begun.Command, begun.Section = append(slices.Clone(begun.Command), e.Key), e.At
	return settings(begun, entries)
}

func setting(s Setting, e yamlplace.Entry) ([]Setting, error) {
	s.Key, s.List, s.At = e.Key, e.Value.IsList(), e.At
	for _, item := range e.Value.Items() {
		text, err := item.Text()
		if err != nil {
			return nil, err
		}
		s.Values = append(s.Values, text)
	}
	return []Setting{s}, nil
}

// Files returns where settings are looked for, the first that counts first: the working directory's file, then the user's, of
// which the first that exists is taken. On Windows and macOS the user's may also stand where the system keeps such files.
func Files(getenv func(string) string, goos string) (local string, user []string) {
	add := func(dir string, below ...string) {
		if filepath.IsAbs(dir) {
			user = append(user, filepath.Join(append(append([]string{dir}, below...), "retrohunt", "config.yaml")...))
		}
	}
	if xdg := getenv("XDG_CONFIG_HOME"); filepath.IsAbs(xdg) {
		add(xdg)
	} else {
		add(getenv("HOME"), ".config")
	}
	switch goos {
	case "windows":
		add(getenv("AppData"))
	case "darwin":
		add(getenv("HOME"), "Library", "Application Support")
	}
	return "retrohunt.yaml", user
}
