package lzma

import (
	"encoding/binary"
	"io"
)

// Chunks of LZMA2, https://tukaani.org/xz/xz-file-format.txt and the LZMA SDK: a byte that says what follows, sizes, data.

// What must come before a chunk can be read.
const (
	wantsNothing = iota
	wantsState
	wantsProperties
	wantsDictionary
)

type chunks struct {
	*Reader
	wants int
	data  [1 << 16]byte
	cutBy error // what ended the data of a chunk before its end
}

// cut returns what ended the data of the chunk.
func (c *chunks) cut() error {
	if c.cutBy != nil {
		return c.cutBy
	}
	return ErrDamaged
}

// next begins with the next chunk.
func (c *chunks) next() error {
	if err := c.finished(); err != nil {
		return err
	}
	const compressed, maxStored = 0x80, 2
	kind, err := c.src.ReadByte()
	c.used++
	switch {
	case err != nil:
		return noEOF(err)
	case kind == 0:
		return io.EOF
	case kind >= compressed:
		return c.compressed(kind)
	case kind > maxStored || kind == maxStored && c.wants == wantsDictionary:
		return ErrDamaged
	}
	return c.stored(kind == 1)
}

// finished reports data behind the end of the chunk before.
func (c *chunks) finished() error {
	if !c.packed {
		return nil
	}
	c.packed = false
	c.rc.normalize()
	if c.rc.err != nil {
		return c.rc.err
	}
	if c.model.left > 0 || c.rc.i < len(c.rc.in) || c.rc.code != 0 {
		return ErrDamaged
	}
	return nil
}

func (c *chunks) stored(reset bool) error {
	var size [2]byte
	if _, err := io.ReadFull(c.src, size[:]); err != nil {
		return noEOF(err)
	}
	if reset {
		c.window.have, c.window.pos = 0, 0
		c.wants = wantsProperties
	}
	c.left = int64(binary.BigEndian.Uint16(size[:])) + 1
	c.used += int64(len(size)) + c.left
	return nil
}

func (c *chunks) compressed(kind byte) error {
	var head [5]byte // sizes, and properties
	const resets = 5 // kind>>5 is 4 and what is reset: nothing, the state, the properties, the dictionary
	n := len(head)
	if kind>>5 <= resets {
		n--
	}
	if _, err := io.ReadFull(c.src, head[:n]); err != nil {
		return noEOF(err)
	}
	if err := c.reset(int(kind>>5&3), head[4]); err != nil {
		return err
	}
	c.left = int64(kind&0x1f)<<16 + int64(binary.BigEndian.Uint16(head[:])) + 1
	got, err := io.ReadFull(c.src, c.data[:int(binary.BigEndian.Uint16(head[2:]))+1])
	c.used += int64(n + got)
	c.cutBy = noEOF(err)
	c.rc.in, c.rc.i, c.rc.err, c.packed = c.data[:got], 0, nil, true
	return c.rc.start()
}

// reset sets back so much.
func (c *chunks) reset(what int, properties byte) error {
	if what < c.wants {
		return ErrDamaged
	}
	c.wants = wantsNothing
	switch what {
	case wantsDictionary:
		c.window.have, c.window.pos = 0, 0
		fallthrough
	case wantsProperties:
		if err := c.model.set(properties); err != nil {
			return err
		}
		if c.model.lc+c.model.lp > 4 {
			return ErrDamaged
		}
	case wantsState:
		c.model.reset()
	}
	return nil
}
