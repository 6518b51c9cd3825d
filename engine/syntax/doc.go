// Package syntax turns the text of a Sumo Logic query into a tree, and a tree back into text.
//
// It knows the grammar only: which words may follow which. It does not know which fields exist, what a function
// takes, or what anything means; that is engine/check. Every node has a byte span in the text, and every error is
// data with a span, to be rendered at the edge (package report).
//
// Law: Parse(Print(t)) equals t in everything but spans. The caller owns a tree and may keep it; nothing in it
// points into shared memory.
package syntax
