package function_test

import "testing"

func TestHaversine(t *testing.T) {
	check(t, []example{
		{`haversine(39.04380, -77.48790, 45.73723, -119.81143)`, `3512.71`},
		{`haversine("0", "0", "0", "0")`, `0`},
		{`haversine(0, 0, 0, 180)`, `20020.74`},
		{`haversine(missing, 0, 0, 0)`, `null`},
	})
}

func TestLuhn(t *testing.T) {
	check(t, []example{
		{`luhn("4111111111111111")`, `true`},
		{`luhn("4111-1111-1111-1111")`, `true`},
		{`luhn(cc)`, `true`},
		{`luhn("4111-1111-1111-1112")`, `false`},
		{`luhn("6666-7777-6666-8888")`, `true`},
		{`luhn("79927398713")`, `true`},
		{`luhn(79927398713)`, `true`},
		{`luhn("no digits")`, `false`},
		{`luhn(missing)`, `false`},
	})
}
