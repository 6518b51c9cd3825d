package normalize

import (
	"strings"
	"testing"

	"retrohunt/internal/view"
)

// TestNoAllocation is the package's promise: no source, hit or no hit, escapes or none, allocates in steady state.
func TestNoAllocation(t *testing.T) {
	if view.Copies {
		t.Skip("under purego views are copies")
	}
	for _, name := range sources {
		hit := string(event(t, name))
		for variant, event := range map[string]string{
			"hit":       hit,
			"no hit":    noHit.Replace(hit),
			"escaped":   escapeLetters(hit),
			"malformed": hit[:len(hit)/2],
		} {
			t.Run(name+"/"+variant, func(t *testing.T) {
				n := New(project(append(t1021, "_sourceCategory", "_messageTime", "_sourceHost", "_size", "_raw")...), Options{})
				raw, from := []byte(event), &Origin{Name: "a.json"}
				normalize := func() {
					if _, err := n.Normalize(raw, raw, from); (err != nil) != (variant == "malformed") {
						t.Fatal(err)
					}
				}
				normalize()
				if allocs := testing.AllocsPerRun(100, normalize); allocs != 0 {
					t.Errorf("%v allocations", allocs)
				}
			})
		}
	}
}

var noHit = strings.NewReplacer("az login", "dir", "az account list", "dir", "Connect-AzAccount", "dir", `"high"`, `"low"`, `"MFAUsed":"No"`, `"MFAUsed":"Yes"`)

// escapeLetters spells every letter a of the texts as an escape; an a outside of a string is one of null and false.
func escapeLetters(json string) string {
	return strings.NewReplacer("false", "false", "a", `\u0061`).Replace(json)
}

func TestEscapedLettersAreTheSameRecord(t *testing.T) {
	for _, name := range sources {
		plain, escaped := New(project(t1021...), Options{}), New(project(t1021...), Options{})
		hit := event(t, name)
		want, err := plain.Normalize(hit, hit, &Origin{})
		if err != nil {
			t.Fatal(err)
		}
		other := []byte(escapeLetters(string(hit)))
		got, err := escaped.Normalize(other, other, &Origin{})
		if err != nil {
			t.Fatal(err)
		}
		for slot := range want.Fields {
			if string(got.Fields[slot]) != string(want.Fields[slot]) {
				t.Errorf("%s: %s is %q, want %q", name, t1021[slot], got.Fields[slot], want.Fields[slot])
			}
		}
		if string(got.Category) != string(want.Category) {
			t.Errorf("%s: %s, want %s", name, got.Category, want.Category)
		}
	}
}
