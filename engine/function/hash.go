package function

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"retrohunt/engine/value"
)

var hashes = []Function{
	{Name: "hash", Call: hash, Bind: bindHash, Drops: true},
}

// algorithm appends the hash of a text, in hexadecimal.
type algorithm func(dst, text []byte) []byte

// algorithms are those of S/hash, whose example writes sha_256 for sha2_256.
var algorithms = map[string]algorithm{
	"md5":         appendMD5,
	"sha1":        appendSHA1,
	"sha2_256":    appendSHA256,
	"sha_256":     appendSHA256,
	"murmur3_128": appendMurmur3,
}

var errAlgorithm = errors.New("the algorithm is unknown")

func hash(c *Context, args []value.Value) (value.Value, error) {
	if len(args) == 1 {
		return hashed(c, args[0], appendMD5), nil
	}
	a := algorithms[strings.ToLower(c.text(args[1]))]
	if a == nil {
		return value.Value{}, errAlgorithm
	}
	return hashed(c, args[0], a), nil
}

func bindHash(args []Arg) (Call, error) {
	if len(args) == 1 || !args[1].Known {
		return hash, nil
	}
	a := algorithms[strings.ToLower(args[1].Value.Text())]
	if a == nil {
		return nil, badArg(1, "there are md5, sha1, sha2_256 and murmur3_128", "hash does not know %s", args[1].Value.Text())
	}
	return func(c *Context, args []value.Value) (value.Value, error) { return hashed(c, args[0], a), nil }, nil
}

func hashed(c *Context, v value.Value, a algorithm) value.Value {
	if v.IsNull() {
		return v
	}
	text := v.AppendText(c.start())
	c.keep(text)
	return c.made(a(c.start(), text))
}

func appendMD5(dst, text []byte) []byte {
	sum := md5.Sum(text)
	return hex.AppendEncode(dst, sum[:])
}

func appendSHA1(dst, text []byte) []byte {
	sum := sha1.Sum(text)
	return hex.AppendEncode(dst, sum[:])
}

func appendSHA256(dst, text []byte) []byte {
	sum := sha256.Sum256(text)
	return hex.AppendEncode(dst, sum[:])
}
