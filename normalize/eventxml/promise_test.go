package eventxml

import "testing"

// TestAnEventIsReadWithoutAllocating takes the least of many runs, for the race detector makes the pool forget at random.
func TestAnEventIsReadWithoutAllocating(t *testing.T) {
	xml := []byte(sysmon)
	dst := make([]byte, 0, 4*len(xml))
	least := 1.0
	for range 50 {
		least = min(least, testing.AllocsPerRun(1, func() {
			if _, err := AppendJSON(dst, xml); err != nil {
				t.Fatal(err)
			}
		}))
	}
	if least != 0 {
		t.Errorf("%v allocations", least)
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	xml := []byte(sysmon)
	b.SetBytes(int64(len(xml)))
	b.ReportAllocs()
	dst := make([]byte, 0, 4*len(xml))
	for b.Loop() {
		if _, err := AppendJSON(dst, xml); err != nil {
			b.Fatal(err)
		}
	}
}
