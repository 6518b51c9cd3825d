package syntax

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Error is a mistake in a query: not valid in the language, or not valid as retrohunt reads it.
type Error struct {
	Span    Span
	Msg     string // what is wrong, without the place
	Want    string // what was expected here; may be empty
	Hint    string // what to write instead, e.g. a near name; may be empty
	Opening *Span  // what opened the unclosed thing, if that is what is wrong
}

// Pos returns the place of the mistake.
func (e *Error) Pos() Span { return e.Span }

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Msg)
	if e.Want != "" {
		b.WriteString(", expected " + e.Want)
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// UnsupportedError names something that is valid in Sumo Logic and that retrohunt cannot run.
type UnsupportedError struct {
	Span Span
	What string // e.g. "operator transpose"
	Why  string // e.g. "not built yet", "its algorithm is unpublished"
	Hint string // what to write instead; may be empty
}

// Pos returns the place of the thing.
func (e *UnsupportedError) Pos() Span { return e.Span }

func (e *UnsupportedError) Error() string {
	if e.Hint != "" {
		return e.Reason() + "; " + e.Hint
	}
	return e.Reason()
}

// Reason is the error without what to write instead.
func (e *UnsupportedError) Reason() string {
	return fmt.Sprintf("%s is valid in Sumo Logic but not supported here: %s", e.What, e.Why)
}

// ErrorList holds all mistakes found in a query, in the order of their places. Its elements are *Error and *UnsupportedError.
type ErrorList []error

func (l ErrorList) Error() string {
	if len(l) == 1 {
		return l[0].Error()
	}
	return fmt.Sprintf("%s (and %d more)", l[0].Error(), len(l)-1)
}

// Unwrap lets errors.As find the elements.
func (l ErrorList) Unwrap() []error { return l }

// Sort puts the list in the order of the places.
func (l ErrorList) Sort() {
	slices.SortStableFunc(l, func(a, b error) int {
		return cmp.Compare(a.(Node).Pos().Start, b.(Node).Pos().Start)
	})
}

// JoinErrors makes one ErrorList, in the order of the places, of those that Parse and its callers found; nil if there are
// none.
func JoinErrors(errs ...error) error {
	var all ErrorList
	for _, err := range errs {
		var list ErrorList
		if errors.As(err, &list) {
			all = append(all, list...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	all.Sort()
	return all
}
