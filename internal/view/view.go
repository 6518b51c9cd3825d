// Package view sees bytes as a string without copying them. It is the only package that imports unsafe.
//
// It does not copy, own or check anything. The caller owns the bytes and promises not to change them while
// the string is in use; a string that must outlive the bytes is copied with strings.Clone.
// Under the build tag purego the same function copies: slower, and without unsafe.
package view
