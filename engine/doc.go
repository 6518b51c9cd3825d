// Package engine compiles Sumo Logic queries and runs them over events.
//
// It is the facade of the packages below it, and what a Go program uses: Compile turns text into a Query, a Query makes Workers,
// a Worker takes records, and the Query makes a Table of what its workers gathered. It reads no files and normalizes nothing:
// package normalize makes records of the bytes of events, package engine/stream drives whole runs over files. CompileRowCondition
// compiles a condition to choose among a table's rows.
//
// # Lifetimes
//
//   - A Query is immutable and may be used by many goroutines. At and WithSeen return others and leave it as it is.
//   - A Query that has Subqueries makes no workers: these are asked first, and Compose makes the query that does.
//   - A Projection gathers the fields that queries need. Every NewWorker adds to it, so make the workers of all queries first and
//     then the Normalizer, which takes it as it stands.
//   - A Worker belongs to one goroutine, and so does the Normalizer whose records it gets. For several goroutines make for each a
//     projection, a worker and a normalizer, and give all the workers to Table at the end: which worker saw which event makes no
//     difference to the rows.
//   - A Record, and every text in it, is valid until the next call of its Normalizer, and only while the event's bytes are left as
//     they are. Worker.Add borrows it for the length of the call and copies what it keeps. What Groups and Fields return borrows
//     from the record.
//   - Table uses its workers up. The Table that it returns is the caller's, for as long as it likes, and so are its values.
//   - A RowCondition belongs to one goroutine and borrows each row for the length of Holds.
//
// # From another module
//
// The module is called retrohunt, which is no address to fetch it from. A module that uses the package has its sources beside it, as
// a Git submodule or a copy, and names the folder:
//
//	require retrohunt v0.0.0
//	replace retrohunt => ./third_party/retrohunt
//
// The names of this package are stable: what a program needs of the packages below it has a name here, but for the values of rows
// (engine/value) and the mistakes in a query (engine/syntax), which are stable too.
package engine
