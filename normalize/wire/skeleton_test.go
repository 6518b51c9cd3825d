package wire

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// followFields are wanted in every way in which a field can be.
var followFields = func() (fields []Field) {
	for _, name := range []string{"a", "a[0]", "a[1][0]", "a.b", "b", "b[0].a", "ä", "c:\\dir\\", "a.*.b"} {
		fields = append(fields, Field{Name: name}, Field{Name: name, ExtractArrays: true, MaxDepth: 2}, Field{Name: name, MaxDepth: 1}, Field{Name: name, Verbatim: true})
	}
	return fields
}()

// follows compares a Walker that remembers what it walked to one that does not.
type follows struct {
	known, slow *Walker
	got, want   [][]byte
}

func newFollows() *follows {
	tree := NewTree(followFields)
	return &follows{NewWalker(tree), NewWalker(tree), make([][]byte, len(followFields)), make([][]byte, len(followFields))}
}

// check walks an event that stands alone in memory, and one that more stands behind, and reports whether it was followed.
func (f *follows) check(t *testing.T, event []byte) (followed bool) {
	t.Helper()
	f.slow.start(event, f.want)
	want := f.slow.walk()
	for _, behind := range []string{"", `","a":"` + strings.Repeat("x", 100), "\n" + strings.Repeat("\xff", 100)} {
		src := append(append(make([]byte, 0, len(event)+len(behind)), event...), behind...)[:len(event)]
		if f.known.known.stretches != nil {
			f.known.start(src, f.got)
			followed = f.known.follow()
			f.checkSteps(t, src, followed)
		}
		err := f.known.Walk(src, f.got)
		if same := (want == nil) == (err == nil) && slices.EqualFunc(f.want, f.got, sameText); !same || err != nil && *err != *want {
			t.Fatalf("%q (-slow +followed):\n%s%s", event, cmp.Diff(want, err), cmp.Diff(f.want, f.got))
		}
		if f.known.ASCII() && !isASCII(event) {
			t.Fatalf("%q is not ASCII", event)
		}
	}
	return followed
}

func sameText(a, b []byte) bool { return bytes.Equal(a, b) && (a == nil) == (b == nil) }

// checkSteps holds the vectors to Walker.step.
func (f *follows) checkSteps(t *testing.T, src []byte, followed bool) {
	t.Helper()
	k := &f.known.known
	places := slices.Clone(k.places)
	steps := track{stretch: uint64(k.stretches[0].next)}
	for steps.ended == 0 && f.known.step(&steps) {
	}
	if followed != (steps.ended == 1) {
		t.Fatalf("%q is followed: %v, by single steps: %v", src, followed, !followed)
	}
	if followed && !slices.Equal(places[:steps.passed], k.places[:steps.passed]) {
		t.Fatalf("%q has its stretches at %v, by single steps %v", src, places[:steps.passed], k.places[:steps.passed])
	}
	if followed && f.known.ASCII() && steps.beyond != 0 {
		t.Fatalf("%q is ASCII by vectors only", src)
	}
}

var followSeeds = [][2]string{
	{`{"a":"x","b":1,"ä":null}`, `{"a":"\"y\\","b":-1.5e3,"ä":true}`},
	{`{"a":{"b":[1, "x"]},"b":[{"a":"1"}]}`, `{"a":{"b":[2, "\u00e4"]},"b":[{"a":""}]}`},
	{`{"a":["x",[false]],"c:\\dir\\":0}`, `{"a":["` + strings.Repeat(`\\`, 40) + `",[null]],"c:\\dir\\":1234567890123456789}`},
	{`{"a":{"` + strings.Repeat("long", 20) + `":{"b":"x"}}}`, `{"a":{"` + strings.Repeat("long", 20) + `":{"b":"` + strings.Repeat("y", 99) + `"}}}`},
	{`{"a":"x"}`, `{"a":"x"} `},
	{`{"a":"x"}`, `{"a":"x","b":1}`},
	{`{"a":1}`, `{"a":"1"}`},
	{`{"a":1}`, `{"a":01}`},
	{`{"a":1}`, `{"a":1.}`},
	{`{"a":1}`, `{"a":`},
	{`{"a":"x"}`, "{\"a\":\"\x01\"}"},
	{`{"a":"x"}`, `{"a":"\x"}`},
	{`{"a":"x"}`, `{"a":"x`},
	{`{"a":"x"}`, `{"a":"x\"}`},
	{`{"a":"ä"}`, "{\"a\":\"\xff\"}"},
}

// FuzzFollow holds events whose skeleton is known to the walk.
func FuzzFollow(f *testing.F) {
	for _, s := range followSeeds {
		f.Add([]byte(s[0]), []byte(s[1]))
		f.Add([]byte(s[1]), []byte(s[0]))
	}
	for _, s := range slices.Concat(indexSeeds, passSeeds) {
		f.Add([]byte(s), []byte(passSeeds[0]))
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		if !canIndex {
			t.Skip("no vectors here")
		}
		both := newFollows()
		both.check(t, first)
		if k := &both.known.known; both.known.Walk(first, both.got) == nil && k.cut(first) && len(k.cuts) < maxPlaces && !both.check(t, first) {
			t.Fatalf("%q is not known again", first)
		}
		both.check(t, second)
		both.check(t, first)
	})
}

// TestFollowsAnyValues walks events of a few skeletons with all kinds of values, and bytes that are damaged.
func TestFollowsAnyValues(t *testing.T) {
	if !canIndex {
		t.Skip("no vectors here")
	}
	skeletons := []string{
		`{"a":S,"b":P,"c":{"d":S,"a":P},"long enough for more than one stretch, and more than one":S,"ä":S}`,
		`{"a": {"b": S, "x": {"b": P}}, "b": [{"a": S}, P, S], "e": [] }`,
		`{"a":[S,P,[S]],"f":P,"a":S,"g":{},"h":[[]],"A":P}`,
		`{"a":[S,S],"b":S,"b":P,"c:\\dir\\":S}`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	both, followed := newFollows(), 0
	const events = 5000
	for range events {
		event := fill(random, skeletons[random.IntN(len(skeletons))])
		if random.IntN(20) == 0 {
			event[random.IntN(len(event))] = "\"\\{}[],: 0e\n\xffx"[random.IntN(14)]
		}
		if both.check(t, event) {
			followed++
		}
	}
	if followed < events*8/10 {
		t.Errorf("%d of %d events were followed", followed, events)
	}
}

// fill puts strings and plain values into a skeleton.
func fill(random *rand.Rand, skeleton string) []byte {
	var b bytes.Buffer
	for _, c := range skeleton {
		switch c {
		case 'S':
			b.WriteByte('"')
			for range random.IntN(9) * random.IntN(9) {
				b.WriteString([]string{"x", "y z", `\\`, `\"`, `\n`, `\/`, `\u00e4`, "ä", "0123456789"}[min(random.IntN(60), 8)])
			}
			b.WriteByte('"')
		case 'P':
			b.WriteString([]string{"0", "7", "-1", "12345678", "-9223372036854775808", "1.5", "1e5", "0.1E-7", "true", "false", "null", "-0"}[random.IntN(12)])
		default:
			b.WriteRune(c)
		}
	}
	return b.Bytes()
}

func TestSkeletonsAreForgottenWhereTheyAreOfNoUse(t *testing.T) {
	if !canIndex {
		t.Skip("no vectors here")
	}
	w, out := NewWalker(NewTree(followFields)), make([][]byte, len(followFields))
	walk := func(event string) {
		if err := w.Walk([]byte(event), out); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10 * maxStretches {
		walk(fmt.Sprintf(`{"a":"x","key %d":"%d","b":"y"}`, i, i))
	}
	k := &w.known
	if len(k.stretches) > maxStretches || k.rest == 0 {
		t.Errorf("%d stretches are remembered, and the next %d events walked", len(k.stretches), k.rest)
	}
	for range longRest + 2 {
		walk(`{"a":"x"}`)
	}
	if len(k.stretches) != 3 || k.rest != 0 {
		t.Errorf("%d stretches are remembered of one skeleton", len(k.stretches)-1)
	}
}

// What is remembered has an end, whatever events look like.
func TestSkeletonsHaveBounds(t *testing.T) {
	if !canIndex {
		t.Skip("no vectors here")
	}
	both := newFollows()
	for i := range 3 * maxStretches {
		event := []byte(fmt.Sprintf(`{"a":"x","key %d":"%d",%s"b":"y"}`, i%97, i, strings.Repeat(fmt.Sprintf(`"a":%d,"%d":"",`, i, i), i%300)))
		if both.known.known.rest = 0; i%500 == 0 {
			both.check(t, event)
		} else if err := both.known.Walk(event, both.got); err != nil {
			t.Fatal(err)
		}
		k := &both.known.known
		if len(k.stretches) > maxStretches || k.texts > maxTexts || len(k.places) != maxPlaces {
			t.Fatalf("%d stretches, %d texts and %d places", len(k.stretches), k.texts, len(k.places))
		}
	}
}

func TestFollowingDoesNotAllocate(t *testing.T) {
	w, out := NewWalker(NewTree(followFields)), make([][]byte, len(followFields))
	event := []byte(followSeeds[1][1])
	if n := testing.AllocsPerRun(100, func() { w.Walk(event, out) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// The assembly multiplies by the size of a stretch; that it has no room to spare is for the caches.
func TestStretchIsSmall(t *testing.T) {
	if size := reflect.TypeFor[stretch]().Size(); size > 40 {
		t.Errorf("a stretch has %d bytes", size)
	}
}
