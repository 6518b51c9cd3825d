package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// transactionize writes one without a merge, which leaves messages.
func (m *queryMaker) transactionize() string {
	alias := pick(m.dice, []string{"", " as made_group"})
	return "transactionize " + strings.Join(m.names(3), ", ") + alias + m.transactionLimits()
}

func (m *queryMaker) transactionLimits() string {
	return pick(m.dice, []string{"", "", " maxSpan=1h", " maxSpan=500ms"}) + pick(m.dice, []string{"", "", " maxPause=5m", " maxPause=0s"}) +
		pick(m.dice, []string{"", "", " maxLogs=1", " maxLogs=2", " maxLogs=3"}) +
		pick(m.dice, []string{"", "", ` startsWith="a"`, ` startsWith="b*c";strict`}) +
		pick(m.dice, []string{"", "", ` endsWith="1"`, ` endsWith="user";strict`}) + pick(m.dice, []string{"", " keepOrphans=true", " keepOrphans=false"})
}

// rowsOfMessages writes a stage that makes rows of messages: mostly an aggregate.
func (m *queryMaker) rowsOfMessages() string {
	switch m.roll(12) {
	case 1:
		return m.mergeAll()
	case 2, 3:
		return m.transactionizeAndMerge()
	case 4, 5:
		return m.transaction()
	case 6:
		return m.sessionize()
	case 7:
		return m.topByCount()
	}
	return m.aggregate()
}

// topByCount counts, unless a stage has made a field of the name count.
func (m *queryMaker) topByCount() string {
	fields := m.names(2)
	if containsName(fields, "_count") {
		return m.aggregate()
	}
	m.columns, m.groups, m.rest, m.unkeyed = append(slices.Clone(fields), "_count"), fields, false, false
	return "top " + strconv.Itoa(1+m.roll(5)) + " " + strings.Join(fields, ", ") + " by " + pick(m.dice, []string{"count", "Count asc"})
}

// ends notes the columns of a stage behind which there are no others.
func (m *queryMaker) ends(stage string, columns []string) string {
	m.columns, m.rest, m.unkeyed = columns, false, true
	return stage
}

func (m *queryMaker) mergeAll() string { return m.ends(m.merge(nil)) }

func (m *queryMaker) transactionizeAndMerge() string {
	out := "transactionize " + strings.Join(m.names(3), ", ") + m.transactionLimits()
	merge, columns := m.merge([]string{"_group", "_group_duration", "_group_size", "_group_orphaned"})
	return m.ends(out+" ("+merge+")", columns)
}

func (m *queryMaker) sessionize() string {
	return m.ends("sessionize "+pick(m.dice, []string{
		`"a*b" as (made_x), "$made_x*" as (made_y)`, `"user*" as made_x, "*user" as made_y`, `"{*}" as (made_x), "\"*\"" as (made_x), "e*" as made_y`,
		`"\"a\":*," as made_x, "*$made_x" as made_y, "a*r" as (_), "n"`,
	}), []string{"_messageTime", "made_x", "made_y"})
}

// save writes a save, behind which nothing is run.
func (m *queryMaker) save() string { return "save append /shared/made\n| count" }

// transaction writes one by transactions or by flow.
func (m *queryMaker) transaction() string {
	ids := m.names(2)
	stage := "transaction on " + strings.Join(ids, ", ") + pick(m.dice, []string{"", "", " fringe=10m", " fringe=1d"}) + " with "
	states := []string{"made_x", "made_y"}
	if m.once(3) {
		states[0] = "abc"
		stage += "states abc, 7 as made_y, 1 as made_y" + pick(m.dice, []string{"", " in " + m.name()})
	} else {
		stage += pick(m.dice, []string{`"*a*"`, `"*user*"`, `"a*" in ` + m.name()}) + " as made_x, " +
			pick(m.dice, []string{`"*n*"`, `"*" in ` + m.name()}) + ` as made_y, with "*" as made_X`
	}
	if m.once(2) {
		return m.ends(stage+" results by flow", append(ids, "fromstate", "tostate", "latency", "_start_time", "_end_time"))
	}
	return m.ends(stage+pick(m.dice, []string{"", " results by transactions"}), append(append(ids, states...), "_start_time", "_end_time"))
}

// merge writes a merge, and the columns that there are behind it and those before it.
func (m *queryMaker) merge(columns []string) (stage string, after []string) {
	if m.once(6) {
		return "merge", append(columns, "_messageTime", "_raw")
	}
	var fields []string
	for range 1 + m.roll(3) {
		field, name := m.name(), ""
		strategy := pick(m.dice, []string{"", " takeFirst", " takeLast", " takeDistinct", " join", ` join with "--"`, ` join with ""`})
		if strings.EqualFold(bare(field), "_messageTime") {
			strategy = " takeLast"
		}
		if name = field; containsName(columns, name) || m.once(3) {
			m.made++
			name = "made" + strconv.Itoa(m.made-1)
			strategy += " as " + name
		}
		columns = append(columns, name)
		fields = append(fields, field+strategy)
	}
	return "merge " + strings.Join(fields, ", "), columns
}

// TestPropertyOfTransactionize does the same as TestProperty with messages that have values in common, at times near each other.
func TestPropertyOfTransactionize(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	grouped := 0
	for round := range rounds / 10 {
		c := randomSessions(randomDice(random))
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		for _, row := range table.Rows {
			if row[2].Long() > 1 {
				grouped++
			}
		}
	}
	if grouped < rounds/10 {
		t.Errorf("%d rows of more than one message in %d rounds: the messages have too little in common to show anything", grouped, rounds/10)
	}
}

func randomSessions(d *dice) *testCase {
	c := &testCase{query: "* | " + pick(d, []string{"", "sort by n | "}) + "transactionize a, b, c" + pick(d, []string{"", "", " maxSpan=3s"}) + pick(d, []string{"", "", " maxPause=2s"}) +
		pick(d, []string{"", "", " maxLogs=3"}) + pick(d, []string{"", "", ` startsWith="n\":1"`, ` startsWith="n\":1";strict`}) +
		pick(d, []string{"", "", ` endsWith="n\":2"`, ` endsWith="n\":2";strict`}) + pick(d, []string{"", " keepOrphans=false"})}
	c.query += pick(d, []string{
		" (merge n join with \"-\", a takeFirst, b takeLast, c takeDistinct)", " | count, values(n), first(n), last(a) by _group, _group_duration, _group_size, _group_orphaned",
		" | fields _group, _group_duration, _group_size, _group_orphaned, n | fields - _messageTime, _sourceCategory",
	})
	for range d.roll(30) {
		fields := []string{fmt.Sprintf(`"n":%d`, d.roll(30))}
		for _, name := range []string{"a", "b", "c"} {
			if value := d.roll(12); value < 5 {
				fields = append(fields, fmt.Sprintf(`"%s":%s`, name, []string{"1", `"1"`, `"x"`, `""`, "null"}[value]))
			} else if value < 8 {
				fields = append(fields, fmt.Sprintf(`"%s":"%d"`, name, d.roll(20)))
			}
		}
		if d.roll(8) > 0 {
			fields = append(fields, fmt.Sprintf(`"timestamp":"2024-05-06T06:00:%02dZ"`, d.roll(20)))
		}
		c.events = append(c.events, "{"+strings.Join(fields, ",")+"}")
	}
	return c
}

// TestPropertyOfTransaction does the same with messages of a few transactions in a few states.
func TestPropertyOfTransaction(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	rows := 0
	for round := range rounds / 10 {
		d := randomDice(random)
		c := randomSessions(d)
		c.query = "* | " + pick(d, []string{"", "sort by n | "}) + "transaction on a" + pick(d, []string{"", ", b"}) + pick(d, []string{"", "", " fringe=5s"}) + " with " +
			pick(d, []string{`states 1, x as y, z in b`, `"*n\":1*" as one, "*n\":2*" as two, "*" as other`, `"1*" in n as one, "2*" in n as two`}) + " results by " +
			pick(d, []string{"transactions", "flow", "flow | count, sum(latency), first(latency) by fromstate, tostate"})
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		rows += len(table.Rows)
	}
	if rows < rounds/12 {
		t.Errorf("%d rows in %d rounds: the messages are in too few states to show anything", rows, rounds/10)
	}
}

// TestPropertyOfSessionize does the same with messages that name a few values, in patterns with and without variables.
func TestPropertyOfSessionize(t *testing.T) {
	random := rand.New(rand.NewPCG(1021, 7))
	rows := 0
	for round := range rounds / 10 {
		d := randomDice(random)
		c := &testCase{query: "* | sessionize " + pick(d, []string{
			`"id=* up" as id, "id=$id down * " as n`, `"id=* up" as id, "id=* down * " as (id, n)`, `"id=* up" as id, "$id down" , "*$id up" as rest`,
			`"id=* " as id, "id=$id * " as word, "$word"`, `"down * " as n, "up * " as m, "$n *$m" as x`, `"up" , "down" , "id=* up * " as (id, n)`, `"up * " as x, "*$x*" as (y, z), "$$x $y"`,
		})}
		for range d.roll(25) {
			message := "id=" + pick(d, []string{"a", "b", "ab", "a*", "$id", "é"}) + pick(d, []string{" up ", " down "}) + strconv.Itoa(d.roll(3)) + pick(d, []string{" ", "", " end "})
			at := ""
			if d.roll(8) > 0 {
				at = fmt.Sprintf(`"timestamp":"2024-05-06T06:00:%02dZ",`, d.roll(20))
			}
			c.events = append(c.events, fmt.Sprintf(`{%s"m":"%s"}`, at, message))
		}
		table, err := c.check()
		if err != nil {
			t.Fatalf("round %d: %v", round, c.shrunk())
		}
		rows += len(table.Rows)
	}
	if rows < rounds/10 {
		t.Errorf("%d rows in %d rounds: too few sessions are completed to show anything", rows, rounds/10)
	}
}
