package function

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"

	"retrohunt/engine/value"
)

var networks = []Function{
	{Name: "comparecidrprefix", Call: compareCIDRPrefix, Bind: checkPrefix(compareCIDRPrefix, 2)},
	{Name: "getcidrprefix", Call: getCIDRPrefix, Bind: checkPrefix(getCIDRPrefix, 1)},
	{Name: "ipv4tonumber", Call: ipv4ToNumber},
	{Name: "isprivateip", Call: ofIPv4(isPrivate), Drops: true},
	{Name: "ispublicip", Call: ofIPv4(func(a ipv4) bool { return !isReserved(a) }), Drops: true},
	{Name: "isreservedip", Call: ofIPv4(isReserved), Drops: true},
	{Name: "isvalidip", Call: isValid(func(s string) bool { return isIPv4(s) || isIPv6(s) })},
	{Name: "isvalidipv4", Call: isValid(isIPv4)},
	{Name: "isvalidipv6", Call: isValid(isIPv6)},
	{Name: "maskfromcidr", Call: maskFromCIDR, Bind: checkPrefix(maskFromCIDR, 0)},
}

// ipv4 is an address as a number, the first octet highest.
type ipv4 uint32

// parseIPv4 reads four decimal numbers up to 255 with points between them, none with a zero before it.
func parseIPv4(s string) (ipv4, bool) {
	var out ipv4
	for octet := range 4 {
		n, digits := 0, 0
		for digits < len(s) && digits < 3 && s[digits]-'0' <= 9 {
			n = 10*n + int(s[digits]-'0')
			digits++
		}
		if digits == 0 || n > 255 || digits > 1 && s[0] == '0' {
			return 0, false
		}
		out = out<<8 | ipv4(n)
		s = s[digits:]
		if octet < 3 {
			if s == "" || s[0] != '.' {
				return 0, false
			}
			s = s[1:]
		}
	}
	return out, s == ""
}

func (a ipv4) append(dst []byte) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		dst = strconv.AppendUint(dst, uint64(a>>shift&0xff), 10)
		if shift > 0 {
			dst = append(dst, '.')
		}
	}
	return dst
}

func isIPv4(s string) bool {
	_, ok := parseIPv4(s)
	return ok
}

// isIPv6 takes no zone behind a percent sign.
func isIPv6(s string) bool {
	const longest = len("0000:0000:0000:0000:0000:0000:255.255.255.255")
	if len(s) > longest || !strings.Contains(s, ":") || strings.Contains(s, "%") {
		return false // before netip makes an error
	}
	_, err := netip.ParseAddr(s)
	return err == nil
}

func isValid(test func(string) bool) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		return value.OfBool(test(args[0].Str())), nil
	}
}

type block struct {
	network ipv4
	length  int
}

func (b block) holds(a ipv4) bool { return (a^b.network)&mask(b.length) == 0 }

func mask(length int) ipv4 { return ^ipv4(0) << (32 - length) }

func network(s string, length int) block {
	a, ok := parseIPv4(s)
	if !ok {
		panic("function: no address: " + s)
	}
	return block{a, length}
}

// private are the blocks of RFC 1918, special the others of RFC 5735.
var (
	private = []block{network("10.0.0.0", 8), network("172.16.0.0", 12), network("192.168.0.0", 16)}
	special = []block{
		network("0.0.0.0", 8), network("127.0.0.0", 8), network("169.254.0.0", 16), network("192.0.0.0", 24),
		network("192.0.2.0", 24), network("192.88.99.0", 24), network("198.18.0.0", 15), network("198.51.100.0", 24),
		network("203.0.113.0", 24), network("224.0.0.0", 4), network("240.0.0.0", 4),
	}
)

func isPrivate(a ipv4) bool  { return inOne(private, a) }
func isReserved(a ipv4) bool { return inOne(private, a) || inOne(special, a) }

func inOne(blocks []block, a ipv4) bool {
	for _, b := range blocks {
		if b.holds(a) {
			return true
		}
	}
	return false
}

var errNotIPv4 = errors.New("the value is no IPv4 address")

// ofIPv4 makes a test that drops rows without a valid address (S/isprivateip).
func ofIPv4(test func(ipv4) bool) Call {
	return func(_ *Context, args []value.Value) (value.Value, error) {
		a, ok := parseIPv4(args[0].Str())
		if !ok {
			return value.Value{}, errNotIPv4
		}
		return value.OfBool(test(a)), nil
	}
}

func ipv4ToNumber(_ *Context, args []value.Value) (value.Value, error) {
	a, ok := parseIPv4(args[0].Str())
	if !ok {
		return value.Value{}, nil
	}
	return value.OfLong(int64(a)), nil
}

// prefixLength casts to a number of bits, from 0 to 32: the documentation writes it as a text, queries as toInt(8) too.
func prefixLength(v value.Value) (int, bool) {
	n, ok := value.ToNumber(v)
	if !ok || n.Kind() != value.Long || n.Long() < 0 || n.Long() > 32 {
		return 0, false
	}
	return int(n.Long()), true
}

// checkPrefix checks the argument that is a prefix length.
func checkPrefix(call Call, arg int) func([]Arg) (Call, error) {
	return func(args []Arg) (Call, error) {
		if _, ok := prefixLength(args[arg].Value); args[arg].Known && !ok {
			return nil, badArg(arg, `for example: "24"`, "a prefix length is a whole number from 0 to 32")
		}
		return call, nil
	}
}

// compareCIDRPrefix is false for what is no address.
func compareCIDRPrefix(_ *Context, args []value.Value) (value.Value, error) {
	a, okA := parseIPv4(args[0].Str())
	b, okB := parseIPv4(args[1].Str())
	n, okN := prefixLength(args[2])
	return value.OfBool(okA && okB && okN && block{a, n}.holds(b)), nil
}

func getCIDRPrefix(c *Context, args []value.Value) (value.Value, error) {
	a, okA := parseIPv4(args[0].Str())
	n, okN := prefixLength(args[1])
	if !okA || !okN {
		return value.Value{}, nil
	}
	return c.made((a & mask(n)).append(c.start())), nil
}

func maskFromCIDR(c *Context, args []value.Value) (value.Value, error) {
	n, ok := prefixLength(args[0])
	if !ok {
		return value.Value{}, nil
	}
	return c.made(mask(n).append(c.start())), nil
}
