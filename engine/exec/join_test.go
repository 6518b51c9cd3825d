package exec

import (
	"fmt"
	"slices"
	"testing"

	"retrohunt/engine/plan"
	"retrohunt/engine/rows"
	"retrohunt/engine/value"
)

// sideOf is a side of a join of rows without times, a text for each key.
func sideOf(keys ...string) *rows.Sorter {
	s := rows.NewSorter(byJoinKey, nil)
	for i, key := range keys {
		s.Add(rows.Row{value.OfString(key), value.OfLong(int64(i)), {}, {}, value.OfString(fmt.Sprint(key, i))})
	}
	return s
}

func testJoiner(most int64) *joiner {
	op := &plan.Join{Tables: []*plan.JoinTable{{Name: "t1"}, {Name: "t2"}}}
	return &joiner{compiler: &compiler{watch: func(*rows.Sorter) {}}, op: op, most: most}
}

func TestJoinMerges(t *testing.T) {
	out, err := testJoiner(6).merge(sideOf("b", "a", "b", "d", ""), sideOf("b", "c", "a", "b", "e"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for row := range out.All() {
		got = append(got, row[joinCells].Str()+row[joinCells+1].Str())
	}
	if want := []string{"b0b0", "b0b3", "a1a2", "b2b0", "b2b3"}; !slices.Equal(got, want) {
		t.Errorf("joined %v, want %v", got, want)
	}
}

func TestJoinThatMakesTooManyRows(t *testing.T) {
	_, err := testJoiner(5).merge(sideOf("a", "a"), sideOf("a", "a", "a"))
	if want := "join of t1, t2 makes more than 5 rows, so none of them is joined: filter the tables, or compare more fields"; fmt.Sprint(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestJoinGroupLooksAtTheWindow: what stands in order is searched, not walked.
func TestJoinGroupLooksAtTheWindow(t *testing.T) {
	g := newJoinGroup(rows.NewSorter(nil, nil))
	for at := int64(9); at >= 0; at-- {
		g.add(rows.Row{{}, {}, value.OfLong(at), value.OfLong(at)})
	}
	var got []int64
	for row := range g.from(rows.Row{{}, {}, value.OfLong(4), value.OfLong(5)}, 2) {
		got = append(got, row[joinFrom].Long())
	}
	if want := []int64{6, 5, 4, 3}; !slices.Equal(got, want) {
		t.Errorf("looked at %v, want %v", got, want)
	}
}
