// Package wire walks one JSON event once, checks its grammar on the way, and hands over the texts of the wanted fields.
//
// It is the step that gjson cannot do without allocating: everything it yields is held to gjson by fuzzing, value by value,
// and so is what it accepts. It knows names and JSON, not what the fields mean.
//
// A Tree is immutable and shared. A Walker belongs to one goroutine. The texts it yields point into the event or into the
// Walker's own memory, which the next Walk uses again. It remembers what events looked like, in bounded memory; nothing that it yields
// depends on that.
//
// The files: tree.go is what is wanted, walk.go the recursive descent over the event, lex.go the tokens, index.go where strings end
// by vectors (index_amd64.s is these, and the walk over members that nobody asked for, which nothing depends on but its speed), skeleton.go the events that differ
// from ones before in their values only and are not walked (skeleton_amd64.s follows them), text.go the two ways in which a text differs from its bytes in the event: escapes, and white space in a container.
package wire
