package archive

import "strings"

// memberName returns the name of a member of the archive that archive names, "" for the input itself.
func memberName(archive, name string) string {
	if archive == "" {
		return name
	}
	return archive + "!" + name
}

// leftOut returns why a member is not read, by its name: "" if it is. Hidden ones and what macOS adds are left out as they are
// in directories.
func leftOut(name string) error {
	for part := range strings.FieldsFuncSeq(name, isSlash) {
		switch {
		case part == "__MACOSX":
			return &SkipError{"macOS metadata"}
		case strings.HasPrefix(part, ".") && part != "." && part != "..":
			return &SkipError{"hidden"}
		}
	}
	return nil
}

func isSlash(r rune) bool { return r == '/' || r == '\\' }

// errEncrypted is a member that needs a password.
var errEncrypted = &SkipError{"encrypted: --archive-password opens it"}

// errLink is a member that is the name of another.
var errLink = &SkipError{"a link"}
