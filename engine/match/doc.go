// Package match holds the patterns of the query language, compiled: the globs and regexes of matches, the globs of
// metadata in the scope, and the keywords and phrases that the scope looks for in the raw event.
//
// It matches text and bytes; it knows no fields, no nulls and no queries. A compiled pattern is immutable, may be used by
// many goroutines, and allocates nothing when it matches. Each pattern can say in words how it is looked for, which is what
// explain prints.
package match
