package function_test

import "testing"

func TestCIDR(t *testing.T) {
	check(t, []example{
		{`getCIDRPrefix("10.10.1.35", "24")`, `"10.10.1.0"`},
		{`getCIDRPrefix("10.10.1.35", "27")`, `"10.10.1.32"`},
		{`getCIDRPrefix("10.10.1.35", "29")`, `"10.10.1.32"`},
		{`getCIDRPrefix("10.10.1.35", 0)`, `"0.0.0.0"`},
		{`getCIDRPrefix(ip, toInt(16))`, `"192.168.0.0"`},
		{`getCIDRPrefix("2001:db8::1", "24")`, `null`},
		{`getCIDRPrefix("10.10.1.35", missing)`, `null`},
		{`getCIDRPrefix(missing, "24")`, `null`},
		{`compareCIDRPrefix("10.10.1.32", "10.10.1.35", "27")`, `true`},
		{`compareCIDRPrefix("10.10.1.32", "10.10.1.64", "27")`, `false`},
		{`compareCIDRPrefix("192.168.0.0", ip, toInt(16))`, `true`},
		{`compareCIDRPrefix("10.0.0.0", ip, toInt(8))`, `false`},
		{`compareCIDRPrefix("10.0.0.0", ip, 0)`, `true`},
		{`compareCIDRPrefix("10.0.0.0", ip, name)`, `false`},
		{`compareCIDRPrefix("10.0.0.0", missing, "8")`, `false`},
		{`compareCIDRPrefix("host", "host", "8")`, `false`},
		{`maskFromCIDR("32")`, `"255.255.255.255"`},
		{`maskFromCIDR("31")`, `"255.255.255.254"`},
		{`maskFromCIDR("30")`, `"255.255.255.252"`},
		{`maskFromCIDR("29")`, `"255.255.255.248"`},
		{`maskFromCIDR(0)`, `"0.0.0.0"`},
		{`maskFromCIDR(missing)`, `null`},
		{`maskFromCIDR(name)`, `null`},
		{`ipv4ToNumber("192.0.2.7")`, `3221225991`},
		{`ipv4ToNumber("255.255.255.255")`, `4294967295`},
		{`ipv4ToNumber("host")`, `null`},
		{`ipv4ToNumber(missing)`, `null`},
	})
}

func TestAddresses(t *testing.T) {
	check(t, []example{
		{`isPrivateIP("10.255.255.255")`, `true`},
		{`isPrivateIP("192.168.0.1")`, `true`},
		{`isPrivateIP("172.31.0.1")`, `true`},
		{`isPrivateIP("172.32.0.1")`, `false`},
		{`isPrivateIP("127.0.0.1")`, `false`},
		{`isPrivateIP(ip)`, `true`},
		{`isPrivateIP("2001:db8::1")`, `drop: the value is no IPv4 address`},
		{`isPrivateIP("10.0.0.256")`, `drop: the value is no IPv4 address`},
		{`isPrivateIP("")`, `drop: the value is no IPv4 address`},
		{`isPrivateIP(missing)`, `drop: the value is no IPv4 address`},
		{`isPublicIP("10.255.255.255")`, `false`},
		{`isPublicIP("127.0.0.1")`, `false`},
		{`isPublicIP("192.0.2.1")`, `false`},
		{`isPublicIP("8.8.8.8")`, `true`},
		{`isPublicIP("unknown")`, `drop: the value is no IPv4 address`},
		{`isReservedIP("127.0.0.0")`, `true`},
		{`isReservedIP("169.254.0.0")`, `true`},
		{`isReservedIP("192.0.0.0")`, `true`},
		{`isReservedIP("192.0.1.0")`, `false`},
		{`isReservedIP("10.0.0.1")`, `true`},
		{`isReservedIP("0.0.0.0")`, `true`},
		{`isReservedIP("198.19.255.255")`, `true`},
		{`isReservedIP("198.20.0.0")`, `false`},
		{`isReservedIP("198.51.100.7")`, `true`},
		{`isReservedIP("203.0.113.255")`, `true`},
		{`isReservedIP("192.88.99.1")`, `true`},
		{`isReservedIP("224.0.0.1")`, `true`},
		{`isReservedIP("240.0.0.1")`, `true`},
		{`isReservedIP("255.255.255.255")`, `true`},
		{`isReservedIP("223.255.255.255")`, `false`},
		{`isReservedIP("::1")`, `drop: the value is no IPv4 address`},
	})
}

func TestValidAddresses(t *testing.T) {
	check(t, []example{
		{`isValidIP("10.255.255.255")`, `true`},
		{`isValidIP("192.168.0.1")`, `true`},
		{`isValidIP("127.0.500.1")`, `false`},
		{`isValidIP("2001:db8::ff00:42:8329")`, `true`},
		{`isValidIP(missing)`, `false`},
		{`isValidIPv4("1.2.3")`, `false`},
		{`isValidIPv4("1.2.3.4.")`, `false`},
		{`isValidIPv4("1.2.3.04")`, `false`},
		{`isValidIPv4("1.2.3.4 ")`, `false`},
		{`isValidIPv4("1..3.4")`, `false`},
		{`isValidIPv4("0.0.0.0")`, `true`},
		{`isValidIPv4("2001:db8::1")`, `false`},
		{`isValidIPv6("2001:db8::1")`, `true`},
		{`isValidIPv6("::ffff:192.0.2.1")`, `true`},
		{`isValidIPv6("fe80::1%eth0")`, `false`},
		{`isValidIPv6("192.0.2.1")`, `false`},
		{`isValidIPv6("12345::")`, `false`},
		{`isValidIPv6("a:b")`, `false`},
	})
}
