// Package race says whether the race detector is on: sync.Pool then drops at random what it is given, and promises of zero
// allocations cannot be kept by code, or by the standard library's, that uses one. It is for tests, and owns nothing.
package race
