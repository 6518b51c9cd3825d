package sources

import "retrohunt/sources/archive"

// This file cuts members off an archive, so that another Reader can read them at the same time.

// Members are some members of an archive that a Reader has open, one behind the other.
type Members struct {
	input   string
	members *archive.Members
}

// CutMembers cuts the next members off the input, as many as together have least bytes stored, but for the last. It reports false
// where there are none, or the input is not an archive whose members can be read at once. They must be opened by somebody, and the
// input stay open until they are read; the stream that is open is read on.
func (r *Reader) CutMembers(least int) (Members, bool) {
	m := r.opener.Cut(int64(least))
	return Members{r.input, m}, m != nil
}

// OpenMembers opens members as if they were an input: NextInput returns their streams as the Reader of the archive would have.
func (r *Reader) OpenMembers(m *Members) {
	r.Close()
	r.input, r.before, r.members = m.input, 0, nil
	r.opener.OpenMembers(m.members)
}

// LeaveMember ends the use of the open stream before the input is closed, for which members must wait that others read.
func (r *Reader) LeaveMember() { r.opener.Leave() }

// Member returns which of the members that an archive lists the open stream is, or is nested in; 0 for what is no archive. It grows from
// one stream to the next.
func (r *Reader) Member() int { return r.opener.Member() }

// MemberNotes returns the notes of a member before the one that is open, of what showed only when it was left.
func (r *Reader) MemberNotes(member int) []Note { return r.named(r.opener.NotesOf(member)) }
