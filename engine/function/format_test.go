package function_test

import "testing"

func TestFormat(t *testing.T) {
	check(t, []example{
		{`format("%s : %s", "Five Minute Rate is :", rate)`, `"Five Minute Rate is : : 0.5"`},
		{`format("%.20f", 1.1)`, `"1.10000000000000000000"`},
		{`format("$%.2f", "1234.567")`, `"$1234.57"`},
		{`format("$%,.2f", 1234567.891)`, `"$1,234,567.89"`},
		{`format("%d/%d/%d", month, day, year)`, `"7/20/2017"`},
		{`format("%S: %d", name, "36")`, `"ADA: 36"`},
		{`format("%.3f %s", 12.34567, "%")`, `"12.346 %"`},
		{`format("%016X", 3735928559)`, `"00000000DEADBEEF"`},
		{`format("%d", os_counter)`, `drop: a value is null`},
		{`format("%s", missing)`, `drop: a value is null`},
		{`format("Excessive (%d) login failures observed", 17)`, `"Excessive (17) login failures observed"`},
		{`format("min: %f\nmax: %f", 1, "2.5")`, `"min: 1.000000\nmax: 2.500000"`},
		{`format("%x", "255")`, `drop: a value is text, not a number; write toLong(…)`}, // "or your data will be dropped"
		{`format("%x", toLong("255"))`, `"ff"`},
		{`format("%d", "1.5")`, `drop: a value is not a whole number`},
		{`format("%d", name)`, `drop: a value is not a whole number`},
		{`format("%f", name)`, `drop: a value is not a number`},
		{`format("%c", name)`, `drop: a value is not a character`},
		{`format(fmt, 1, "b")`, `"1-b"`},
		{`format(fmt, 1)`, `drop: the format has more places than there are values`},
		{`format(concat("%", "y"), 1)`, `drop: the format has a conversion that is not supported; there are s, d, x, o, f, e, g, c, b, n and %`},
	})
}

// TestFormatter: what Java's Formatter documents of flags, widths and precisions.
func TestFormatter(t *testing.T) {
	check(t, []example{
		{`format("100%% %n")`, `"100% \n"`},
		{`format("%2$s %1$s %s", "a", "b")`, `"b a a"`},
		{`format("[%5s|%-5s|%.2s]", "abc", "abc", "äöü")`, `"[  abc|abc  |äö]"`},
		{`format("[%5d|%-5d|%05d|%+d|% d|%(d|%,d]", 42, 42, 42, 42, 42, -42, 1234567)`, `"[   42|42   |00042|+42| 42|(42)|1,234,567]"`},
		{`format("%05d %,d %(,.1f", -42, -1234, -1234.56)`, `"-0042 -1,234 (1,234.6)"`},
		{`format("%x %X %#x %o %#o", 255, 255, 255, 8, 8)`, `"ff FF 0xff 10 010"`},
		{`format("%x", -1)`, `"ffffffffffffffff"`},
		{`format("[%8.3f|%-8.1f|%08.2f]", 3.14159, 3.14159, -3.14159)`, `"[   3.142|3.1     |-0003.14]"`},
		{`format("%.2f %.2f %.1f %.0f %.0f", 1.005, 2.345, 0.25, 0.5, 1.5)`, `"1.01 2.35 0.3 1 2"`}, // half up, of the decimal digits
		{`format("%.1f %.2f %.1f", 9.96, 0.999, -0.04)`, `"10.0 1.00 -0.0"`},
		{`format("%f %.3f %.0f", 0, 1000000, 123456789012)`, `"0.000000 1000000.000 123456789012"`},
		{`format("%e %.2e %E", 12345.678, 0.00012345, 1)`, `"1.234568e+04 1.23e-04 1.000000E+00"`},
		{`format("%.2e %.0e %e", 9.999, 5.5, 0)`, `"1.00e+01 6e+00 0.000000e+00"`},
		{`format("%g %g %g %.3g %g", 0.0001, 12345.678, 1234567.8, 0.00001234, 0)`, `"0.000100000 12345.7 1.23457e+06 1.23e-05 0.00000"`},
		{`format("%f %s", 5 / 0, 5 / 0)`, `"Infinity Infinity"`},
		{`format("%b %B %b", true, false, "false")`, `"true FALSE true"`},
		{`format("%c%c%C", 65, "b", "c")`, `"AbC"`},
		{`format("%d", 9223372036854775807)`, `"9223372036854775807"`},
		{`format("%,d", -9223372036854775807)`, `"-9,223,372,036,854,775,807"`},
	})
}
