package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// handed is the line of a listing where members were cut off.
const handed = "\x00"

// cutListing is the listing of an archive of which members are cut off at random and read by other openers, all at once, and how often
// that was done.
func cutListing(options Options, src []byte, rng *rand.Rand) (text string, cuts int) {
	o := New(options)
	source := fromFile(src)
	source.Shared = true
	o.Open(source)
	defer o.Close()
	var others []chan []string
	read := func(m *Members, to chan<- []string) {
		other := New(options)
		other.OpenMembers(m)
		all := lines(other, func() []string { return nil })
		other.Close()
		to <- all
	}
	member := 0
	var behind []string // the member that is open
	own := lines(o, func() (before []string) {
		if o.Member() != member {
			member, before, behind = o.Member(), behind, nil
		}
		for rng.IntN(3) > 0 {
			m := o.Cut(rng.Int64N(3000) + 1)
			if m == nil {
				break
			}
			to := make(chan []string, 1)
			go read(m, to)
			others, behind = append(others, to), append(behind, handed)
		}
		return before
	})
	o.Leave()
	var all []string
	for _, line := range append(own, behind...) {
		if line == handed {
			all = append(all, <-others[cuts]...)
			cuts++
		} else {
			all = append(all, line)
		}
	}
	return strings.Join(all, "\n"), cuts
}

// TestMembersReadAtOnceAreMembersInTurn reads archives, whole and damaged, by one opener and by several.
func TestMembersReadAtOnceAreMembersInTurn(t *testing.T) {
	var many, zips []file
	for i := range 40 {
		many = append(many, file{fmt.Sprintf("%d.json", i), string(text(i * i * 10))})
	}
	for i := range 6 {
		inner := zipped(zip.Deflate, many[i:i+5]...)
		zips = append(zips, file{fmt.Sprintf("%d.zip", i), string(inner)}, file{fmt.Sprintf("%d.gz", i), string(gzipped(text(5000 * i)))}, many[i],
			file{fmt.Sprintf("%d.tar", i), string(tarred(tar.FormatUSTAR, many[:i]...))})
	}
	twice := append(slices.Clone(many[:20]), many[10:30]...)
	archives := map[string][]byte{
		"deflated": zipped(zip.Deflate, many...), "stored": zipped(zip.Store, many...), "archives in it": zipped(zip.Deflate, zips...),
		"hidden and directories": zipped(zip.Store, file{"d/", ""}, file{".x", "1"}, file{"a/", ""}, file{"a/b", "2"}, file{"c", "3"}),
		"names that come twice":  zipped(zip.Deflate, twice...), "a name as of a nested one": zipped(zip.Deflate, append(zips, file{"0.zip!0.json", "x"})...),
		"AES": testdata(t, "aes256.zip"), "traditional": testdata(t, "zipcrypto.zip"), "zeros": zipped(zip.Deflate, file{"a", strings.Repeat("\x00", 3<<20)}, many[3], many[9]),
	}
	rng := rand.New(rand.NewPCG(12, 12))
	cuts := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(archives)) {
		src := archives[name]
		for round := range 24 {
			damaged := src
			switch {
			case round > 19:
				damaged = src[:rng.IntN(len(src))]
			case round > 6:
				damaged = flipped(src, rng.IntN(len(src)))
			}
			for _, limits := range []Options{{Password: "secret"}, {MaxDecoded: 1 + rng.Int64N(200_000)}, {MaxMembers: 1 + rng.IntN(60)}} {
				want := listing(New(limits), fromFile(damaged))
				got, n := cutListing(limits, damaged, rng)
				if got != want {
					t.Fatalf("%s, round %d, %+v: by several\n%s\nby one\n%s", name, round, limits, got, want)
				}
				cuts[name] += n
			}
		}
	}
	for name := range archives {
		if alone := strings.Contains(name, "name"); alone != (cuts[name] == 0) {
			t.Errorf("%s: members were cut off %d times", name, cuts[name])
		}
	}
}

// TestOnlyFilesAreCut: members of what cannot be read at any place by several at once, and of archives in others, are read by one.
func TestOnlyFilesAreCut(t *testing.T) {
	src := zipped(zip.Store, file{"a", "1"}, file{"b", "2"})
	inner := zipped(zip.Store, file{"x.zip", string(src)})
	shared := func(b []byte) Source {
		s := fromFile(b)
		s.Shared = true
		return s
	}
	for _, c := range []struct {
		name string
		src  Source
		want bool
	}{
		{"file", shared(src), true},
		{"file that is not shared", fromFile(src), false},
		{"stream", fromBytes(src), false},
		{"zip in zip", shared(inner), false},
		{"zip in gzip", shared(gzipped(src)), false},
		{"no archive", shared([]byte("{}")), false},
	} {
		o := New(Options{})
		o.Open(c.src)
		if _, _, err := o.Next(); err != nil {
			t.Fatal(c.name, err)
		}
		if got := o.Cut(1) != nil; got != c.want {
			t.Errorf("%s: members are cut off: %v", c.name, got)
		}
		o.Close()
	}
}

// TestABurstTakesNothingFromOthers: a member that decodes to more than it may does not end the archive.
func TestABurstTakesNothingFromOthers(t *testing.T) {
	src := zipped(zip.Deflate, file{"a", "1"}, file{"zeros", strings.Repeat("\x00", 300<<10)}, file{"x.zip", string(bomb(1, 3))}, file{"b", string(text(1000))})
	const guard = "a guard against bombs: more than 200000 bytes decoded; --max-decoded raises it"
	holdsListing(t, Options{MaxDecoded: 200_000}, src, `
		a zip "1"
		zeros zip 139264 bytes, damaged: `+guard+`
		x.zip!a!zeros zip+zip+zip 65536 bytes, damaged: `+guard+`
		x.zip!a damaged: zip: no further members are read: `+guard+`
		x.zip damaged: zip: no further members are read: `+guard+`
		b zip 1000 bytes`)
}

// TestMembersThatAreListedCountFirst: the members that the directory lists come before those of archives in them.
func TestMembersThatAreListedCountFirst(t *testing.T) {
	two := string(zipped(zip.Store, file{"a", "1"}, file{"b", "2"}))
	src := zipped(zip.Store, file{"x.zip", two}, file{"y.zip", two}, file{"c", "3"})
	const guard = "damaged: a guard against bombs: more than 6 members; --max-members raises it"
	holdsListing(t, Options{MaxMembers: 6}, src, `
		x.zip!a zip+zip "1"
		x.zip!b zip+zip "2"
		y.zip!a zip+zip "1"
		y.zip `+guard+`
		c zip "3"`)
	holdsListing(t, Options{MaxMembers: 2}, src, "x.zip damaged: a guard against bombs: more than 2 members; --max-members raises it\n"+
		"y.zip damaged: a guard against bombs: more than 2 members; --max-members raises it\n"+
		"damaged: a guard against bombs: more than 2 members; --max-members raises it")
}

// TestTurnsComeInOrder ends members in any order.
func TestTurnsComeInOrder(t *testing.T) {
	files := make([]*zip.File, 50)
	for i := range files {
		files[i] = &zip.File{}
	}
	o := New(Options{})
	o.Open(fromFile(bytes.Repeat([]byte("x"), 1000)))
	d := newDeal(&o.budget, files, 1000)
	rng := rand.New(rand.NewPCG(13, 13))
	starts := []int{0}
	for at := 0; at < len(files); starts = append(starts, at) {
		at = min(len(files), at+1+rng.IntN(5))
	}
	left := map[int]bool{}
	for i := range files {
		left[i] = true
	}
	for _, i := range rng.Perm(len(starts) - 1) {
		d.end(starts[i], starts[i+1])
		for j := starts[i]; j < starts[i+1]; j++ {
			delete(left, j)
		}
		want := len(files)
		for j := range left {
			want = min(want, j)
		}
		if d.turn != want {
			t.Fatalf("the turn of %d, want %d", d.turn, want)
		}
	}
}
