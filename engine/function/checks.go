package function

import (
	"math"

	"retrohunt/engine/value"
)

var checks = []Function{
	{Name: "haversine", Call: haversine},
	{Name: "luhn", Call: luhn},
}

// earthRadius in kilometres is the one with which the documented example comes out (S/haversine).
const earthRadius = 6372.8

// haversine is the distance of two places in kilometres, to ten metres; null if an argument does not cast.
func haversine(_ *Context, args []value.Value) (value.Value, error) {
	var angles [4]float64
	for i := range angles {
		degrees, ok := double(args[i])
		if !ok {
			return value.Value{}, nil
		}
		angles[i] = degrees * math.Pi / 180
	}
	lat1, lon1, lat2, lon2 := angles[0], angles[1], angles[2], angles[3]
	h := half(lat2-lat1) + math.Cos(lat1)*math.Cos(lat2)*half(lon2-lon1)
	kilometres := 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
	return value.OfDouble(math.Round(kilometres*100) / 100), nil
}

// half is the haversine of an angle.
func half(angle float64) float64 { return math.Pow(math.Sin(angle/2), 2) }

// luhn reports whether the digits of a text end in the right check digit; all else in it is passed over (S/luhn). A text
// without digits is no card number.
func luhn(c *Context, args []value.Value) (value.Value, error) {
	s := c.text(args[0])
	sum, seen := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		digit := int(s[i]) - '0'
		if digit < 0 || digit > 9 {
			continue
		}
		if seen++; seen%2 == 0 {
			digit *= 2
			if digit > 9 {
				digit -= 9
			}
		}
		sum += digit
	}
	return value.OfBool(seen > 0 && sum%10 == 0), nil
}
