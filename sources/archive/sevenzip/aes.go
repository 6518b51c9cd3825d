package sevenzip

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
)

// maxPower is the largest power of two of rounds that a key is made by; 7-Zip takes 19. maxRounds is for all keys of an archive:
// some seconds.
const (
	maxPower  = 24
	maxRounds = 1 << 26
	noRounds  = 0x3f // the key is the password itself
)

// keys makes the keys of an archive: one, as far as 7-Zip wrote it.
type keys struct {
	made   map[string][]byte // by power and salt
	rounds int64
}

func (k *keys) key(password string, power byte, salt []byte) ([]byte, error) {
	name := string(power) + string(salt)
	if key := k.made[name]; key != nil {
		return key, nil
	}
	text := append([]byte{}, salt...)
	for _, c := range utf16.Encode([]rune(password)) {
		text = binary.LittleEndian.AppendUint16(text, c)
	}
	key := make([]byte, sha256.Size)
	if power == noRounds {
		copy(key, text)
	} else if power > maxPower {
		return nil, &UnsupportedError{fmt.Sprintf("encrypted with a key of 2^%d rounds, which is more than 2^%d", power, maxPower)}
	} else {
		if k.rounds += 1 << power; k.rounds > maxRounds {
			return nil, &UnsupportedError{fmt.Sprintf("encrypted with keys of more than %d rounds together", maxRounds)}
		}
		key = hashed(text, 1<<power)
	}
	if k.made == nil {
		k.made = map[string][]byte{}
	}
	k.made[name] = key
	return key, nil
}

// hashed returns the hash of a text so often, each time with the number of the round behind it.
func hashed(text []byte, rounds uint64) []byte {
	hash := sha256.New()
	round := append(text, make([]byte, 8)...)
	for i := range rounds {
		binary.LittleEndian.PutUint64(round[len(text):], i)
		hash.Write(round)
	}
	return hash.Sum(nil)
}

func newAES(d *decoding, properties []byte, in []*bufio.Reader, _ int64) (io.Reader, error) {
	power, salt, start, err := aesProperties(properties)
	if err != nil {
		return nil, err
	}
	key, err := d.reader.keys.key(d.reader.options.Password, power, salt)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return &aesReader{r: in[0], mode: cipher.NewCBCDecrypter(block, start)}, nil
}

// aesProperties returns the power of two of rounds, the salt, and what the first block is chained to.
func aesProperties(b []byte) (power byte, salt, start []byte, err error) {
	f := &fields{b: b}
	first := f.byte()
	start = make([]byte, aes.BlockSize)
	if first&0xc0 != 0 {
		lengths := f.byte()
		salt = f.take(uint64(first>>7 + lengths>>4))
		copy(start, f.take(uint64(first>>6&1+lengths&0x0f)))
	}
	if f.err == nil && len(f.b) > 0 {
		f.fail("%d bytes behind its end", len(f.b))
	}
	if f.err != nil {
		return 0, nil, nil, fmt.Errorf("in the description of the encryption: %w", f.err)
	}
	return first & 0x3f, salt, start, nil
}

// aesReader decrypts whole blocks.
type aesReader struct {
	r     *bufio.Reader
	mode  cipher.BlockMode
	block [4 << 10]byte
	left  []byte // of block, decrypted
}

func (a *aesReader) Read(p []byte) (int, error) {
	if len(a.left) == 0 {
		n, err := io.ReadFull(a.r, a.block[:])
		n -= n % aes.BlockSize
		if n == 0 {
			return 0, cutOff(err)
		}
		a.left = a.block[:n]
		a.mode.CryptBlocks(a.left, a.left)
	}
	n := copy(p, a.left)
	a.left = a.left[n:]
	return n, nil
}
