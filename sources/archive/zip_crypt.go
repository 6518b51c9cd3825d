package archive

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// Encrypted members of zip archives: PKWARE's traditional cipher (APPNOTE.TXT, 6.1), which is broken but in use, and
// WinZip's AES (https://www.winzip.com/en/support/aes-encryption/).

var errPassword = errors.New("zip: the password is wrong")

// decrypt puts the cipher before the raw bytes of a member, once the password has shown to be right as far as that can be
// seen beforehand.
func (m *zipMember) decrypt(password string, check *zipCheck) error {
	if m.method == methodAES {
		return m.decryptAES(password, check)
	}
	c := newZipCrypto(password)
	var head [12]byte
	if _, err := io.ReadFull(m.raw, head[:]); err != nil {
		return namedAs("zip", noEOF(err))
	}
	c.decrypt(head[:])
	want := byte(m.crc >> 24)
	if m.flags&flagDescriptor != 0 {
		want = byte(m.time >> 8)
	}
	if head[11] != want {
		return errPassword
	}
	m.raw = &zipCryptoReader{m.raw, c}
	return nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// zipCrypto is the state of the traditional cipher.
type zipCrypto [3]uint32

func newZipCrypto(password string) *zipCrypto {
	c := &zipCrypto{0x12345678, 0x23456789, 0x34567890}
	for i := range len(password) {
		c.update(password[i])
	}
	return c
}

func (c *zipCrypto) update(b byte) {
	c[0] = crc32.IEEETable[byte(c[0])^b] ^ c[0]>>8
	c[1] = (c[1]+c[0]&0xff)*134775813 + 1
	c[2] = crc32.IEEETable[byte(c[2])^byte(c[1]>>24)] ^ c[2]>>8
}

func (c *zipCrypto) decrypt(b []byte) {
	for i := range b {
		t := uint16(c[2]) | 2
		b[i] ^= byte(t * (t ^ 1) >> 8)
		c.update(b[i])
	}
}

type zipCryptoReader struct {
	r io.Reader
	c *zipCrypto
}

func (r *zipCryptoReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.c.decrypt(p[:n])
	return n, err
}

// aesField is the id of the extra field that describes the encryption.
const aesField = 0x9901

// decryptAES is decrypt for AES: it also finds the compression method, and has the member's code checked at its end.
func (m *zipMember) decryptAES(password string, check *zipCheck) error {
	const verifier, code, iterations = 2, 10, 1000
	field := extraField(m.extra, aesField)
	if len(field) < 7 || field[4] < 1 || field[4] > 3 {
		return errors.New("zip: the description of the encryption is damaged")
	}
	m.method = binary.LittleEndian.Uint16(field[5:])
	keyLen := 8 + 8*int(field[4])
	salt := make([]byte, keyLen/2+verifier)
	body := int64(m.stored) - int64(len(salt)) - code
	if body < 0 {
		return errors.New("zip: the encrypted member is too short")
	}
	raw := bufio.NewReader(m.raw)
	if _, err := io.ReadFull(raw, salt); err != nil {
		return namedAs("zip", noEOF(err))
	}
	keys, err := pbkdf2.Key(sha1.New, password, salt[:keyLen/2], iterations, 2*keyLen+verifier)
	if err != nil {
		return fmt.Errorf("zip: %w", err)
	}
	if subtle.ConstantTimeCompare(keys[2*keyLen:], salt[keyLen/2:]) != 1 {
		return errPassword
	}
	block, err := aes.NewCipher(keys[:keyLen])
	if err != nil {
		return fmt.Errorf("zip: %w", err)
	}
	r := &aesReader{r: io.LimitReader(raw, body), block: block, mac: hmac.New(sha1.New, keys[keyLen:2*keyLen]), used: aes.BlockSize}
	m.raw = r
	check.verify = func() error { return r.verify(raw, code) }
	return nil
}

// aesReader decrypts AES in counter mode whose counter begins with its lowest byte, unlike that of the standard library.
type aesReader struct {
	r       io.Reader
	block   cipher.Block
	mac     hash.Hash
	counter [aes.BlockSize]byte
	key     [aes.BlockSize]byte
	used    int // bytes of key
}

func (a *aesReader) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	a.mac.Write(p[:n])
	for i := range p[:n] {
		if a.used == len(a.key) {
			for j := range a.counter {
				if a.counter[j]++; a.counter[j] != 0 {
					break
				}
			}
			a.block.Encrypt(a.key[:], a.counter[:])
			a.used = 0
		}
		p[i] ^= a.key[a.used]
		a.used++
	}
	return n, err
}

// verify compares the code behind the data.
func (a *aesReader) verify(raw io.Reader, length int) error {
	if _, err := io.Copy(io.Discard, a); err != nil { // what the compression did not need
		return namedAs("zip", err)
	}
	code := make([]byte, length)
	if _, err := io.ReadFull(raw, code); err != nil {
		return namedAs("zip", noEOF(err))
	}
	if !hmac.Equal(code, a.mac.Sum(nil)[:length]) {
		return errors.New("zip: the authentication code is wrong: the member is not what was encrypted")
	}
	return nil
}
