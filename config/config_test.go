package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "retrohunt.yaml")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestRead(t *testing.T) {
	found, err := Read(write(t, "jobs: 4\nhunt:\n  dedup: [eventID, id]\nrules: {list: {min-level: high}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range found {
		lines = append(lines, fmt.Sprintf("%s %q %v line %d", s.Name(), s.Values, s.List, s.At.Line))
	}
	want := "jobs [\"4\"] false line 1\nhunt.dedup [\"eventID\" \"id\"] true line 3\nrules.list.min-level [\"high\"] false line 4"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMistakes(t *testing.T) {
	deep := strings.Repeat("{a: ", 12) + "1" + strings.Repeat("}", 12)
	for text, want := range map[string]string{
		"jobs:\n":       ":1:6: nothing stands here; expected a value",
		"dedup: [[a]]":  ":1:9: expected a text, a number, true or false here",
		"deep: " + deep: ": commands are not nested as deep as this",
	} {
		if _, err := Read(write(t, text)); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestFiles(t *testing.T) {
	if filepath.Separator != '/' {
		t.Skip("the paths are Unix's")
	}
	for _, c := range []struct {
		goos        string
		environment map[string]string
		want        string
	}{
		{"linux", map[string]string{"HOME": "/home/ada"}, "/home/ada/.config/retrohunt/config.yaml"},
		{"linux", map[string]string{"HOME": "/home/ada", "XDG_CONFIG_HOME": "/xdg"}, "/xdg/retrohunt/config.yaml"},
		{"linux", map[string]string{"HOME": "/home/ada", "XDG_CONFIG_HOME": "not/absolute"}, "/home/ada/.config/retrohunt/config.yaml"},
		{"linux", nil, ""},
		{"darwin", map[string]string{"HOME": "/Users/ada"}, "/Users/ada/.config/retrohunt/config.yaml /Users/ada/Library/Application Support/retrohunt/config.yaml"},
		{"windows", map[string]string{"AppData": "/ada/AppData"}, "/ada/AppData/retrohunt/config.yaml"},
	} {
		local, user := Files(func(name string) string { return c.environment[name] }, c.goos)
		if got := strings.Join(user, " "); local != "retrohunt.yaml" || got != c.want {
			t.Errorf("%s %v: %s, %s", c.goos, c.environment, local, got)
		}
	}
}
