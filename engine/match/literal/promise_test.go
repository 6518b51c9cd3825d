package literal

import (
	"strings"
	"testing"
)

var sink int

func TestSearchingAllocatesNothing(t *testing.T) {
	for _, list := range [][]Literal{exact("az login", "high"), anyCase("kilo", "mega"), exact("&#", "kz1")} {
		for name, s := range searchers(list) {
			for _, text := range []string{"", "az login", strings.Repeat("a kilogram ", 20), strings.Repeat("filler ", 500) + "&#"} {
				b := []byte(text)
				if n := testing.AllocsPerRun(20, func() { sink = s.Index(b) }); n != 0 {
					t.Errorf("%s: %v allocates %v times over %d bytes", name, list, n, len(b))
				}
			}
		}
	}
}
