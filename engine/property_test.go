package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"retrohunt/detections"
	"retrohunt/engine"
	"retrohunt/engine/check"
	"retrohunt/engine/naive"
	"retrohunt/engine/syntax"
	"retrohunt/engine/value"
	"retrohunt/internal/race"
	"retrohunt/normalize"
)

// rounds is how many queries TestProperty makes. Each runs over events of its own. The race detector makes them slow, and sees in a
// fifth of them whatever it can see.
var rounds = func() int {
	if race.Enabled {
		return 500
	}
	return 2500
}()

// TestProperty holds the compiled engine to its slow twin: random queries over random events give equal tables.
func TestProperty(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	var rows, columns int
	for round := range rounds {
		c := randomCase(randomDice(random))
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		rows += len(table.Rows)
		columns += len(table.Columns)
	}
	if rows < rounds || columns < 2*rounds {
		t.Errorf("%d rows and %d columns in %d rounds: the queries find too little to show anything", rows, columns, rounds)
	}
}

// TestPropertyOfT1021007 does the same with the shipped query over events of its four sources.
func TestPropertyOfT1021007(t *testing.T) {
	query := shippedQuery(t)
	random := rand.New(rand.NewPCG(1021, 7))
	rows := 0
	for round := range rounds / 4 {
		c := &testCase{query: query, events: randomEvents(randomDice(random), shapes...)}
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		rows += len(table.Rows)
	}
	if rows < rounds/8 {
		t.Errorf("%d rows in %d rounds: the events hit too seldom", rows, rounds/4)
	}
}

// TestPropertyOfOutlier does the same with series that are long enough for runs of violations.
func TestPropertyOfOutlier(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	violations := 0
	for round := range rounds / 10 {
		c := randomSeries(randomDice(random))
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		at := slices.Index(table.Columns, "n_violation")
		for _, row := range table.Rows {
			violations += int(row[at].Long())
		}
	}
	if violations < rounds/10 {
		t.Errorf("%d violations in %d rounds: the series are too even to show anything", violations, rounds/10)
	}
}

// randomSeries has numbers in slices of time, some of which lack or are none.
func randomSeries(d *dice) *testCase {
	c := &testCase{query: "* | max(n) as n by a, _timeslice | outlier n" + pick(d, []string{"", " by a"}) + fmt.Sprintf(" window=%d, threshold=%s, consecutive=%d",
		1+d.roll(3), pick(d, []string{"0", "0.5", "1", "2"}), 1+d.roll(3)) + pick(d, []string{"", " direction=+", " direction=-"})}
	for range d.roll(40) {
		n := pick(d, []string{strconv.Itoa(d.roll(10)), strconv.Itoa(d.roll(100)), "2.5", `"x"`})
		slice := pick(d, []string{strconv.Itoa(d.roll(9)), strconv.Itoa(d.roll(9)), strconv.Itoa(d.roll(9)), "null"})
		c.events = append(c.events, fmt.Sprintf(`{"a":%d,"n":%s,"_timeslice":%s}`, d.roll(2), n, slice))
	}
	return c
}

// TestPropertyOfCompare does the same with events in several ranges of time.
func TestPropertyOfCompare(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	met := 0
	for round := range rounds / 4 {
		c := randomRanges(randomDice(random))
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		at := slices.IndexFunc(table.Columns, func(name string) bool { return strings.HasSuffix(name, "_range0") })
		for _, row := range table.Rows {
			if at >= 0 && !row[at].IsNull() {
				met++
			}
		}
	}
	if met < rounds/4 {
		t.Errorf("%d rows of earlier ranges in %d rounds: the ranges are too empty to show anything", met, rounds/4)
	}
}

// randomRanges has events in the hour that is searched and in those before.
func randomRanges(d *dice) *testCase {
	m := &queryMaker{dice: d}
	parts := []string{"*", "timeslice " + pick(d, []string{"10m", "1h", "25m"})}
	if d.once(4) {
		parts = append(parts, m.messageStage())
	}
	m.columns = slices.Clone(pick(d, [][]string{{"a"}, {"_timeslice"}, {"_timeslice", "a"}, {}}))
	m.groups = m.columns
	by := ""
	if len(m.groups) > 0 {
		by = " by " + strings.Join(m.groups, ", ")
	}
	m.columns = append(slices.Clone(m.groups), "x", "y")
	parts = append(parts, pick(d, []string{"count as x, sum(n) as y", "max(n) as x, first(a) as y", "values(a) as x, count(n) as y"})+by)
	for range d.roll(3) {
		parts = append(parts, m.rowStage())
	}
	parts = append(parts, m.compare())
	if d.once(3) {
		parts = append(parts, m.rowStage())
	}
	c := &testCase{query: strings.Join(parts, " | ")}
	for range d.roll(30) {
		at := storyClock.To.Add(-time.Duration(d.roll(200)) * time.Minute)
		if d.once(6) {
			at = at.Add(-24 * time.Hour)
		}
		event := fmt.Sprintf(`{"timestamp":%q,"a":%d,"n":%s}`, at.Format(time.RFC3339), d.roll(3), pick(d, []string{"1", "2.5", `"x"`, "7"}))
		if d.once(10) {
			event = `{"a":1,"n":3}`
		}
		c.events = append(c.events, event)
	}
	return c
}

// TestPropertyOfAlternatives does the same with so many alternatives that they are looked up, and not tried one by one.
func TestPropertyOfAlternatives(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	rows := 0
	for round := range rounds / 5 {
		c := randomAlternatives(randomDice(random))
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		rows += len(table.Rows)
	}
	if rows < rounds/5 {
		t.Errorf("%d rows in %d rounds: the alternatives hold too seldom", rows, rounds/5)
	}
}

// randomAlternatives has terms on few fields, with values that events have, and a subquery now and then.
func randomAlternatives(d *dice) *testCase {
	values := []string{"abc", "ABC", "7", "7.0", "a*c", "ä", "İk", "az login", "10.1.1.7", "x", "-", "true"}
	text := func() string { return `"` + pick(d, values) + `"` }
	var scope, where []string
	for range 9 + d.roll(4) {
		scope = append(scope, pick(d, []string{text(), "user=" + text(), "user=" + text(), "(a=" + text() + " user=*)"}))
		where = append(where, pick(d, []string{"user = " + text(), "made0 = " + text(), "user = " + text() + " and a = " + text(), "made0 = 7", "a != " + text()}))
	}
	c := &testCase{query: strings.Join(scope, " or ") + pick(d, []string{"", " or [subquery: * | compose a, user]", " or [subquery: * | compose a keywords]"}) +
		" | " + pick(d, []string{"user", "toLong(user)", "length(user)"}) + " as made0 | where " + strings.Join(where, " or ") + pick(d, []string{"", " or ![subquery: * | compose user]"}) + " | count by user, a"}
	for range 1 + d.roll(20) {
		c.events = append(c.events, fmt.Sprintf(`{"user":%s,"a":%s}`, pick(d, []string{text(), text(), text(), "null", "7"}), text()))
	}
	return c
}

// TestStoriesOfTheTwin takes the stories' queries over their events through both.
func TestStoriesOfTheTwin(t *testing.T) {
	told := 0
	for _, file := range storyFiles(t) {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if story.Files[1].Name != "events" {
			continue // it tells of a mistake
		}
		c := &testCase{string(story.Files[0].Data), strings.Split(strings.TrimSpace(string(story.Files[1].Data)), "\n")}
		if _, err := c.check(); err != nil {
			t.Errorf("%s: %v", file, c.shrunk())
		}
		told++
	}
	if told < 20 {
		t.Errorf("only %d stories", told)
	}
}

// FuzzEngine lets the fuzzer throw the dice.
func FuzzEngine(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		f.Add(randomDice(random).faces)
	}
	f.Fuzz(func(t *testing.T, faces []byte) {
		c := randomCase(&dice{faces})
		if _, err := c.check(); err != nil {
			t.Fatal(c.shrunk())
		}
	})
}

// TestLoadedDiceMakeQueries: dice that show few faces, as a fuzzer's do, neither nest a query too deep nor make it too long to be one.
func TestLoadedDiceMakeQueries(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 13))
	for range rounds {
		faces := make([]byte, 12_500)
		shown := make([]byte, 1+random.IntN(12))
		for i := range shown {
			shown[i] = byte(random.Uint32())
		}
		for i := range faces {
			faces[i] = shown[random.IntN(len(shown))]
		}
		query := randomQuery(&dice{faces})
		if _, err := syntax.Parse(query); err != nil {
			t.Fatalf("%.500s: %v", query, err)
		}
	}
}

func shippedQuery(t testing.TB) string {
	t.Helper()
	shipped, err := detections.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range shipped {
		if d.ID == "t1021.007" {
			return d.Query
		}
	}
	t.Fatal("no detection t1021.007")
	return ""
}

// dice make choices. When the faces are used up, every throw is 0, which the makers read as the simplest choice.
type dice struct{ faces []byte }

func randomDice(random *rand.Rand) *dice {
	faces := make([]byte, 200+random.IntN(2000))
	for i := range faces {
		faces[i] = byte(random.Uint32())
	}
	return &dice{faces}
}

// roll returns a number below n, which is 256 at most.
func (d *dice) roll(n int) int {
	if len(d.faces) == 0 {
		return 0
	}
	face := d.faces[0]
	d.faces = d.faces[1:]
	return int(face) % n
}

// once reports true in one of n throws.
func (d *dice) once(n int) bool { return d.roll(n) == n-1 }

func pick[T any](d *dice, from []T) T { return from[d.roll(len(from))] }

// testCase is a query and the events it runs over.
type testCase struct {
	query  string
	events []string
}

func randomCase(d *dice) *testCase {
	c := &testCase{query: randomQuery(d)}
	if !strings.HasPrefix(c.query, "cat ") { // which looks at no event
		c.events = randomEvents(d, append(shapes, genericShape, genericShape)...)
	}
	return c
}

// check returns the query's table, or how it differs from the twin's.
func (c *testCase) check() (*engine.Table, error) {
	tree, err := syntax.Parse(c.query)
	if err != nil {
		return nil, fmt.Errorf("the query is not one: %w", err)
	}
	if _, err := check.Check(tree); err != nil {
		return nil, fmt.Errorf("the query is not valid: %w", err)
	}
	one, good, err := c.compiled(1)
	if err != nil {
		return nil, err
	}
	three, _, err := c.compiled(3)
	if err != nil {
		return nil, err
	}
	spilled, err := c.spilled()
	if err != nil {
		return nil, err
	}
	for _, e := range c.events {
		_, err := naive.Run(tree, []naive.Event{{Raw: []byte(e)}}, storyClock, mustSource)
		accepted := slices.ContainsFunc(good, func(g naive.Event) bool { return string(g.Raw) == e })
		if accepted != (err == nil) {
			return nil, fmt.Errorf("the engine takes the event: %v, the twin: %v\n%s", accepted, err, e)
		}
	}
	twin, err := naive.Run(tree, good, storyClock, mustSource)
	if err != nil {
		return nil, err
	}
	if !equalTables(one, twin) || !equalTables(three, twin) || !equalTables(spilled, twin) {
		return nil, fmt.Errorf("with one worker\n%s\nwith three\n%s\nin files\n%s\nthe twin\n%s", show(one), show(three), show(spilled), show(&engine.Table{Columns: twin.Columns, Rows: twin.Rows}))
	}
	return one, nil
}

// compiled runs the query and returns its table, and the events that are not malformed, with the metadata that the
// normalizer gave them.
func (c *testCase) compiled(workers int) (*engine.Table, []naive.Event, error) {
	return c.within(nil, workers)
}

// spilled runs the query with two workers and so little memory that rows go to files.
func (c *testCase) spilled() (*engine.Table, error) {
	t, _, err := c.within(engine.NewMemory(4<<10), 2)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	t.Rows = slices.Collect(t.All())
	return t, t.Err
}

func (c *testCase) within(room *engine.Memory, workers int) (*engine.Table, []naive.Event, error) {
	q, err := bound(c.query)
	if err != nil {
		return nil, nil, err
	}
	q = composed(q.At(storyClock), c.events).Within(room)
	var projection normalize.Projection
	var team []*engine.Worker
	for range workers {
		team = append(team, q.NewWorker(&projection))
	}
	n := normalize.New(&projection, normalize.Options{NoMapping: true, Time: true}) // the twin reads the event itself
	var good []naive.Event
	for i, e := range c.events {
		origin := normalize.Origin{Name: "file" + string(rune('a'+i%3)) + ".json"}
		if i%4 == 3 {
			origin.Category = "By/Path"
		}
		record, err := n.Normalize([]byte(e), []byte(e), &origin)
		if err != nil {
			continue
		}
		if string(record.Raw) != e {
			return nil, nil, fmt.Errorf("the normalizer took an event out of another, which the twin does not do\n%s", e)
		}
		team[i%workers].AddAt(record, engine.Place{Offset: int64(i)})
		good = append(good, naive.Event{Raw: []byte(e), Category: string(record.Category), Name: origin.Name, Time: messageTime(record)})
	}
	return q.Table(team...), good, nil
}

// messageTime is the time that the normalizer found, null if it found none.
func messageTime(r *normalize.Record) value.Value {
	if !r.Timed {
		return value.Value{}
	}
	return value.OfLong(r.Time)
}

// equalTables compares column by column and cell by cell, kinds included.
func equalTables(a *engine.Table, b *naive.Table) bool {
	return slices.Equal(a.Columns, b.Columns) &&
		slices.EqualFunc(a.Rows, b.Rows, func(x, y []value.Value) bool { return slices.Equal(x, y) })
}

func show(t *engine.Table) string { return string(tableText(t)) }

// shrunk drops events and stages as long as the case still fails, and says what is left of it.
func (c *testCase) shrunk() error {
	for smaller := true; smaller; {
		smaller = false
		for _, s := range append(c.withoutAnEvent(), c.withoutAStage()...) {
			if _, err := s.check(); err != nil && !strings.HasPrefix(err.Error(), "the query") {
				c, smaller = s, true
				break
			}
		}
	}
	_, err := c.check()
	return fmt.Errorf("%s\n\nover\n%s\n\n%w", c.query, strings.Join(c.events, "\n"), err)
}

func (c *testCase) withoutAnEvent() []*testCase {
	var out []*testCase
	for i := range c.events {
		out = append(out, &testCase{c.query, slices.Delete(slices.Clone(c.events), i, i+1)})
	}
	return out
}

func (c *testCase) withoutAStage() []*testCase {
	tree, err := syntax.Parse(c.query)
	if err != nil {
		return nil
	}
	var out []*testCase
	for i := range tree.Stages {
		smaller := *tree
		smaller.Stages = slices.Delete(slices.Clone(tree.Stages), i, i+1)
		out = append(out, &testCase{syntax.Print(&smaller), c.events})
	}
	return out
}
