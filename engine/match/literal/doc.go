// Package literal finds where the first of many literals stands in a text: the kernels of the prefilter.
//
// Teddy looks for a few dozen literals with the processor's vectors. Grams looks for thousands, or wherever there are no
// vectors, for any number. Short looks for literals that are too short for Grams. None of them knows queries or events; which
// one is used, and when two are, package match decides.
//
// What is compiled is immutable, may be used by many goroutines, and allocates nothing when it searches. A text is not read
// beyond its end.
package literal
