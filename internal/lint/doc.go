// Package lint holds the house rules that a compiler does not: who may import whom, unsafe only in internal/view, a
// comment for every package. It is tests only, and owns nothing.
package lint
