package engine_test

import (
	"errors"
	"fmt"

	"retrohunt/engine"
	"retrohunt/engine/syntax"
	"retrohunt/normalize"
)

// A query, three events, and the rows.
func Example() {
	q, err := engine.Compile(`* | where action = "login" | count by user | sort by _count`)
	if err != nil {
		fmt.Println(err)
		return
	}
	var fields normalize.Projection
	w := q.NewWorker(&fields)
	n := normalize.New(&fields, normalize.Options{})
	for _, event := range []string{`{"user":"ada","action":"login"}`, `{"user":"grace","action":"logout"}`, `{"user":"ada","action":"login"}`} {
		if record, err := n.Normalize([]byte(event), []byte(event), &normalize.Origin{Name: "example"}); err == nil {
			w.Add(record)
		}
	}
	table := q.Table(w)
	fmt.Println(table.Columns)
	for _, row := range table.Rows {
		fmt.Println(row[0].Text(), row[1].Long())
	}
	// Output:
	// [user _count]
	// ada 2
}

// All mistakes of a query come at once, each with its place.
func ExampleCompile_mistakes() {
	const src = `* | wher user = "ada" | count by user | sort by cuont`
	_, err := engine.Compile(src)
	var all syntax.ErrorList
	errors.As(err, &all)
	for _, mistake := range all {
		var m *syntax.Error
		if errors.As(mistake, &m) {
			fmt.Printf("%d %s: %s; %s\n", m.Span.Start, src[m.Span.Start:m.Span.End], m.Msg, m.Hint)
		}
	}
	// Output:
	// 4 wher: unknown operator wher; did you mean where?
	// 48 cuont: there is no field cuont after the aggregate; did you mean _count?
}

// Workers on several goroutines have a projection and a normalizer each; their rows add up.
func ExampleQuery_Table() {
	q, err := engine.Compile(`* | count, sum(bytes) as total by host`)
	if err != nil {
		fmt.Println(err)
		return
	}
	shards := [][]string{
		{`{"host":"a","bytes":10}`, `{"host":"b","bytes":5}`},
		{`{"host":"a","bytes":32}`},
	}
	workers := make([]*engine.Worker, len(shards))
	done := make(chan struct{})
	for i, events := range shards {
		go func() {
			var fields normalize.Projection
			workers[i] = q.NewWorker(&fields)
			n := normalize.New(&fields, normalize.Options{})
			for _, e := range events {
				if record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{}); err == nil {
					workers[i].Add(record)
				}
			}
			done <- struct{}{}
		}()
	}
	for range shards {
		<-done
	}
	for _, row := range q.Table(workers...).Rows {
		fmt.Println(row[0].Text(), row[1].Text(), row[2].Text())
	}
	// Output:
	// a 2 42
	// b 1 5
}

// A worker's verdict and groups lead from an event to the row that counts it.
func ExampleWorker_Groups() {
	q, err := engine.Compile(`* | where port = 22 | count by src`)
	if err != nil {
		fmt.Println(err)
		return
	}
	var fields normalize.Projection
	w := q.NewWorker(&fields)
	n := normalize.New(&fields, normalize.Options{})
	for i, e := range []string{`{"src":"192.0.2.1","port":22}`, `{"src":"192.0.2.2","port":80}`, `{"src":"192.0.2.3","port":22}`} {
		record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{})
		if err != nil || w.Add(record) != engine.Hit {
			continue
		}
		for _, key := range w.Groups() {
			fmt.Println("event", i+1, "is in the row of", key[0].Text())
		}
	}
	// Output:
	// event 1 is in the row of 192.0.2.1
	// event 3 is in the row of 192.0.2.3
}

// A condition chooses among a table's rows.
func ExampleCompileRowCondition() {
	q, err := engine.Compile(`* | count by user`)
	if err != nil {
		fmt.Println(err)
		return
	}
	var fields normalize.Projection
	w := q.NewWorker(&fields)
	n := normalize.New(&fields, normalize.Options{})
	for _, e := range []string{`{"user":"svc-backup"}`, `{"user":"ada"}`, `{"user":"svc-deploy"}`} {
		if record, err := n.Normalize([]byte(e), []byte(e), &normalize.Origin{}); err == nil {
			w.Add(record)
		}
	}
	table := q.Table(w)
	known, err := engine.CompileRowCondition(`user matches "svc-*" and _count < 10`, table.Columns, engine.Clock{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Println(row[0].Text(), known.Holds(row))
	}
	// Output:
	// ada false
	// svc-backup true
	// svc-deploy true
}
