package literal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"retrohunt/bench/synth"
)

// t1021 is what the prefilter of T1021.007 looks for.
var t1021 = exact("Connect-AzAccount", "Connect-ExchangeOnline", "Connect-MgGraph", "ConsoleLogin", "anonymizedIP", "aws configure",
	"aws sts", "az account", "az login", "gcloud auth", "high", "medium", `\u00`, "&#", "<!", "<?")

// manyLiterals are n made-up words of 4 to 20 bytes, whose letters are as frequent as in logs.
func manyLiterals(logs []byte, n int) (out []Literal) {
	var letters strings.Builder
	for _, c := range logs[:1<<20] {
		if isLower(lower(c)) || strings.IndexByte(" -.", c) >= 0 {
			letters.WriteByte(c)
		}
	}
	for _, l := range randomLiterals(rand.New(rand.NewPCG(1021, 7)), n, letters.String(), 4) {
		out = append(out, Literal{Text: l.Text, Fold: l.Fold})
	}
	return out
}

// BenchmarkIndex finds all places of literals in 8 MiB of logs with hits, a block of 256 KiB at a time, as they are read.
func BenchmarkIndex(b *testing.B) {
	const size = 256 << 10
	m := synth.New(1, 1)
	var logs []byte
	for len(logs) < 8<<20 {
		e := m.Background()
		if m.Chance(0.001) {
			e, _ = m.Hit()
		}
		logs = append(m.Append(logs, e), '\n')
	}
	logs = logs[:8<<20]
	sets := [][]Literal{t1021[:1], t1021[:12], t1021}
	for _, n := range []int{32, 64, 128, 500, 5000} {
		sets = append(sets, manyLiterals(logs, n))
	}
	for _, list := range sets {
		kernels := searchers(list)
		for _, name := range []string{"AVX-512", "AVX2", "grams"} {
			s := kernels[name]
			if s == nil || name != "grams" && len(list) > 128 {
				continue
			}
			b.Run(fmt.Sprintf("%d literals/%s", len(list), name), func(b *testing.B) {
				b.SetBytes(size)
				at := 0
				for b.Loop() {
					for block := logs[at : at+size]; ; {
						i := s.Index(block)
						if i < 0 {
							break
						}
						block = block[i+1:]
					}
					at = (at + size) % len(logs)
				}
			})
		}
	}
}
