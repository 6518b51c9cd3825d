// Package crc adds bytes to a CRC-32 with the polynomial of IEEE, which gzip, zip, xz and 7z check their content by. It gives what
// hash/crc32 gives, and is that package except on processors that multiply polynomials in vectors of 32 bytes: on one without vectors of 64
// it is nearly twice as fast. docs/inflate.md tells what that is worth.
//
// It knows no other polynomial, and keeps nothing between calls: the sum is the caller's.
package crc
