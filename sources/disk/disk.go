// Package disk lists directories and reads regular files with few calls of the system, for trees of many thousand small files
// cost more to open than to read. On Unix, files are opened relative to their directory, so that a long path is not resolved for
// each, and they are read without Go's poller, which has no use for them; elsewhere it is package os.
//
// It knows no formats, leaves nothing out, and follows links as the system does. A Reader belongs to one goroutine.
package disk
