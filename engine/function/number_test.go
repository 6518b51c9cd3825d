package function_test

import "testing"

func TestCasts(t *testing.T) {
	check(t, []example{
		{`num("500")`, `500`},
		{`num("352.748")`, `352.748`},
		{`number(" -7 ")`, `-7`},
		{`double("1e3")`, `1000`},
		{`toDouble("0.1")`, `0.1`},
		{`toNumber("x")`, `null`},
		{`num(missing)`, `null`},
		{`toLong("1500534030000")`, `1500534030000`},
		{`toLong("12.7")`, `12`},
		{`toInt(-12.7)`, `-12`},
		{`int("2e3")`, `2000`},
		{`long("9223372036854775807")`, `9223372036854775807`},
		{`long(1e+300)`, `9223372036854775807`},
		{`long("-1e300")`, `-9223372036854775808`},
		{`toLong("")`, `null`},
		{`toLong("abc")`, `null`},
		{`toLong(true)`, `null`},
		{`toLong(0 / 0)`, `null`},
		{`toString(7 / 2)`, `"3.5"`},
		{`toString(true)`, `"true"`},
		{`toString(missing)`, `null`},
		{`format("%s", num("5"))`, `"5"`},
	})
}

func TestRounding(t *testing.T) {
	check(t, []example{
		{`round(1.549, 2)`, `1.55`},
		{`round(1.5)`, `2`},
		{`round(2.4999)`, `2`},
		{`round(-1.5)`, `-1`}, // as Java's Math.round
		{`round(-1.51)`, `-2`},
		{`round(1.005, 2)`, `1.01`},
		{`round("2.5")`, `3`},
		{`round(7)`, `7`},
		{`round(7, 2)`, `7`},
		{`round(1234, -2)`, `1200`},
		{`round(1250, -2)`, `1300`},
		{`round(1234.5, -5)`, `0`},
		{`round(0.3)`, `0`},
		{`round(0.5)`, `1`},
		{`round(9.99, 1)`, `10`},
		{`round(123.456, 0)`, `123`},
		{`round(1e-10, 400)`, `1e-10`},
		{`round(1e+300, 2)`, `1e+300`},
		{`round(12.345, 1000000)`, `12.345`},
		{`round(5 / 0)`, `Infinity`},
		{`round("x")`, `null`},
		{`round(1.5, missing)`, `null`},
		{`ceil(1.5)`, `2`},
		{`ceil(-1.5)`, `-1`},
		{`floor(1.5)`, `1`},
		{`floor(-1.5)`, `-2`},
		{`floor("7")`, `7`},
		{`floor(missing)`, `null`},
		{`abs(-1.5)`, `1.5`},
		{`abs(-3)`, `3`},
		{`abs("4")`, `4`},
		{`abs(toLong("-9223372036854775808"))`, `9223372036854776000`},
		{`abs("x")`, `null`},
	})
}

func TestExtremes(t *testing.T) {
	check(t, []example{
		{`min(80, 70)`, `70`},
		{`min((21 / 10), 2)`, `2`},
		{`max(1, 2.5)`, `2.5`},
		{`max("10", "9")`, `10`},
		{`min("a", 1)`, `null`},
		{`max(missing, 1)`, `null`},
		{`max(1, 0 / 0)`, `NaN`},
		{`min(0 / 0, 1)`, `NaN`},
	})
}

func TestMathematics(t *testing.T) {
	check(t, []example{
		{`acos(1)`, `0`},
		{`asin(1)`, `1.5707963267948966`},
		{`atan(1)`, `0.7853981633974483`},
		{`atan2(0, -1)`, `3.141592653589793`},
		{`cbrt(27)`, `3`},
		{`cos(0)`, `1`},
		{`cosh(0)`, `1`},
		{`exp(0)`, `1`},
		{`expm1(0)`, `0`},
		{`hypot(3, 4)`, `5`},
		{`log(1)`, `0`},
		{`log(0)`, `-Infinity`},
		{`log10("1000")`, `3`},
		{`log1p(0)`, `0`},
		{`pow(10, 10)`, `10000000000`},
		{`pow(256, 3)`, `16777216`},
		{`sin(0)`, `0`},
		{`sinh(0)`, `0`},
		{`sqrt(16)`, `4`},
		{`sqrt(-1)`, `NaN`},
		{`ceil(sqrt(5))`, `3`},
		{`tan(0)`, `0`},
		{`tanh(0)`, `0`},
		{`toDegrees(asin(1))`, `90`},
		{`toRadians(180)`, `3.141592653589793`},
		{`sqrt("x")`, `null`},
		{`pow(2, missing)`, `null`},
	})
}

func TestNoNumbers(t *testing.T) {
	check(t, []example{
		{`isInfinity(5 / 0)`, `true`},
		{`isInfinity("-Infinity")`, `true`},
		{`isInfinity("5")`, `false`},
		{`isInfinity("Infinity ")`, `true`},
		{`isNaN("12")`, `false`},
		{`isNaN("total")`, `true`},
		{`isNaN("NaN")`, `true`},
		{`isNaN("Infinity")`, `false`},
		{`isNaN(missing)`, `drop: null, empty and blank texts are neither numbers nor none`},
		{`isNaN(" ")`, `drop: null, empty and blank texts are neither numbers nor none`},
		{`isInfinity("")`, `drop: null, empty and blank texts are neither numbers nor none`},
	})
}

func TestIsNumeric(t *testing.T) {
	check(t, []example{
		{`isNumeric("1.56")`, `true`},
		{`isNumeric("1e5")`, `true`},
		{`isNumeric("0x1F")`, `true`},
		{`isNumeric("0X")`, `false`},
		{`isNumeric("0xg")`, `false`},
		{`isNumeric("123L")`, `true`},
		{`isNumeric("1.5L")`, `false`},
		{`isNumeric("1e5L")`, `false`},
		{`isNumeric("1.5f")`, `true`},
		{`isNumeric("1d")`, `true`},
		{`isNumeric("07")`, `true`},
		{`isNumeric("09")`, `false`},
		{`isNumeric("09.5")`, `true`},
		{`isNumeric("0")`, `true`},
		{`isNumeric("-5")`, `true`},
		{`isNumeric("+5")`, `true`},
		{`isNumeric(".5")`, `true`},
		{`isNumeric("5.")`, `true`},
		{`isNumeric(".")`, `false`},
		{`isNumeric("1e")`, `false`},
		{`isNumeric("1e-")`, `false`},
		{`isNumeric("--1")`, `false`},
		{`isNumeric(" 1")`, `false`},
		{`isNumeric("1,000")`, `false`},
		{`isNumeric("abc")`, `false`},
		{`isNumeric("")`, `false`},
		{`isNumeric("-")`, `false`},
		{`isNumeric(" ")`, `false`},
		{`isNumeric(missing)`, `false`},
		{`isNumeric(1.5)`, `true`},
		{`isNumeric(ms)`, `true`},
	})
}
