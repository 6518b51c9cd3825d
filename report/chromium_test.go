package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// opened opens a page in headless Chromium and returns the document as its script left it, and what was said on the console.
func opened(t *testing.T, page string) (document string, console []string) {
	t.Helper()
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium on this machine")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--user-data-dir="+t.TempDir(), "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--dump-dom", "file://"+file)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	for line := range strings.Lines(said.String()) {
		if strings.Contains(line, "CONSOLE") {
			console = append(console, line)
		}
	}
	return string(out), console
}

// TestABrowserShowsTheRows: its document has the rows of every other format, its script runs under its policy, and nothing is
// said on the console.
func TestABrowserShowsTheRows(t *testing.T) {
	results := sample()
	document, console := opened(t, render(t, "html", results, Options{}))
	if diff := cmp.Diff(seenRows(results, cellBytes, false), readHTML(t, document)); diff != "" {
		t.Errorf("-written +shown:\n%s", diff)
	}
	if !strings.Contains(document, `data-shown="rows-d1">33 rows</output>`) {
		t.Error("the script did not count the rows")
	}
	if len(console) > 0 {
		t.Errorf("the console says %q", console)
	}
}

// TestABrowserObeysNothingFromLogs: no text becomes a script, an image or a handler, and the policy has nothing to refuse.
func TestABrowserObeysNothingFromLogs(t *testing.T) {
	results, options := hostilePage()
	document, console := opened(t, render(t, "html", results, options))
	if !strings.Contains(document, "<title>retrohunt: Hunt report</title>") || strings.Contains(document, "<img") {
		t.Error("a text from a log was obeyed")
	}
	if !strings.Contains(document, `data-shown="rows-d1">4 rows</output>`) {
		t.Error("the script did not run")
	}
	if len(console) > 0 {
		t.Errorf("the console says %q", console)
	}
}

// TestABrowserRefusesWhatThePageIsNotMadeOf: the policy holds where escaping would not.
func TestABrowserRefusesWhatThePageIsNotMadeOf(t *testing.T) {
	page := strings.Replace(render(t, "html", sample(), Options{}), "</main>",
		`<script>document.title="owned"</script><img src="https://example.com/x"></main>`, 1)
	document, console := opened(t, page)
	if strings.Contains(document, "<title>owned") {
		t.Error("a script that is not the page's ran")
	}
	if refused := strings.Join(console, ""); !strings.Contains(refused, "Content Security Policy") {
		t.Errorf("the console says %q", refused)
	}
}
