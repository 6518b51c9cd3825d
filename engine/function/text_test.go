package function_test

import "testing"

func TestCase(t *testing.T) {
	check(t, []example{
		{`toLowerCase("NITE-01")`, `"nite-01"`},
		{`toUpperCase("nite-01")`, `"NITE-01"`},
		{`toUpperCase(concat("a", "l"))`, `"AL"`},
		{`toLowerCase(name)`, `"ada"`},
		{`toLowerCase("already lower")`, `"already lower"`},
		{`toLowerCase("ÄÖ ǅ İ")`, `"äö ǆ i"`},
		{`toUpperCase("äß")`, `"Äß"`},
		{`toLowerCase("B101CD29")`, `"b101cd29"`},
		{`toLowerCase(missing)`, `null`},
		{`toUpperCase("")`, `""`},
		{`toUpperCase(5)`, `"5"`},
	})
}

func TestConcat(t *testing.T) {
	check(t, []example{
		{`concat("foot", "ball")`, `"football"`},
		{`concat("time", 4, "logs")`, `"time4logs"`},
		{`concat("time", " ", 4, " ", "logs")`, `"time 4 logs"`},
		{`concat("192", ".", "0", ".", 2, ".", "1")`, `"192.0.2.1"`},
		{`concat(month, "/", day, "/", year)`, `"7/20/2017"`},
		{`concat(concat("a", "b"), "c", name)`, `"abcAda"`},
		{`concat(missing, "x")`, `"x"`},
		{`concat(missing)`, `""`},
		{`concat(1.50, true, null, 7 / 2)`, `"1.5true3.5"`},
	})
}

func TestLength(t *testing.T) {
	check(t, []example{
		{`length("hello")`, `5`},
		{`length("")`, `0`},
		{`length(missing)`, `0`},
		{`length(name)`, `3`},
		{`length("ä€")`, `2`},
		{`length("😀")`, `2`}, // as in Java
		{`length(1.5)`, `3`},
	})
}

func TestSubstring(t *testing.T) {
	check(t, []example{
		{`substring("Hello world!", 6)`, `"world!"`},
		{`substring("Sumo Logic", 0, 4)`, `"Sumo"`},
		{`substring("Sumo Logic", 0, 100)`, `"Sumo Logic"`},
		{`substring("2017-07-20T00:00", 0, 4)`, `"2017"`},
		{`substring(name, 0, 1)`, `"A"`},
		{`substring(name, from)`, `"da"`},
		{`substring(name, "1", "2")`, `"d"`},
		{`substring("abc", 3)`, `""`},
		{`substring("", 0, 4)`, `""`},
		{`substring("abc", 2, 2)`, `""`},
		{`substring("a😀b", 1, 3)`, `"😀"`},
		{`substring("a😀b", 2)`, `"b"`},
		{`substring("äöü", 1, 2)`, `"ö"`},
		{`substring(12345, 1, 3)`, `"23"`},
		{`substring(missing, 0)`, `null`},
		{`substring("abc", 4)`, `drop: substring starts before the text or behind its end`},
		{`substring("abc", missing)`, `drop: substring starts before the text or behind its end`},
		{`substring("Hello world", toLong("-1"))`, `drop: substring starts before the text or behind its end`},
		{`substring("Hello world", 3, toLong("2"))`, `drop: substring ends before it starts`},
	})
}

func TestTrim(t *testing.T) {
	check(t, []example{
		{`trim(" Hello World  ")`, `"Hello World"`},
		{`trim("\t\n x \r")`, `"x"`},
		{`trim("  ")`, `""`},
		{`trim(missing)`, `null`},
	})
}

func TestReplace(t *testing.T) {
	check(t, []example{
		{`replace("a.b.c", ".", "->")`, `"a->b->c"`},
		{`replace("module_name_x", "_", " ")`, `"module name x"`},
		{`replace("555 4444", "4", "2")`, `"555 2222"`},
		{`replace("[\"a\\/b\"]", "\\/", "->")`, `"[\"a->b\"]"`},
		{`replace("say \"hi\"", "\"", " ")`, `"say  hi "`},
		{`replace("Case", "case", "x")`, `"Case"`},
		{`replace("abc", "", "-")`, `"-a-b-c-"`},
		{`replace("a$b", "$", "\\$1")`, `"a\\$1b"`}, // a text stands for itself
		{`replace("abc", "b", missing)`, `null`},
		{`replace(missing, "b", "c")`, `null`},
		{`replace("abc", missing, "c")`, `null`},

		{`replace("http://somewebsite.example.com/flight/12345678/certification", /[0-9]{5,}/, "")`, `"http://somewebsite.example.com/flight//certification"`},
		{`replace("http://somewebsite.example.com/flight/12345678/certification", /(flight)\/([0-9]{5,})/, "new-$2-url")`, `"http://somewebsite.example.com/new-12345678-url/certification"`},
		{`replace("flight/12345678", /(?<section>flight)\/(?<id>[0-9]{5,})/, "${id} of ${section}")`, `"12345678 of flight"`},
		{`replace("a1b22", /[0-9]+/, "<$0>")`, `"a<1>b<22>"`},
		{`replace("5 euro", /euro/, "\\$")`, `"5 $"`},
		{`replace("a/b", /\//, "\\\\")`, `"a\\b"`},
		{`replace("a,b", /,/, "\n")`, `"a\nb"`},
		{`replace("ab", /(a)(b)/, "$21")`, `"b1"`},
		{`replace("ab", /(a)(x)?/, "[$2]")`, `"[]b"`},
		{`replace("[x]", /^\[|\]$|"/, "")`, `"x"`},
		{`replace("abc", /x/, "y")`, `"abc"`},
		{`replace(name, /d/, dollar)`, `"Ad!a"`},
		{`replace(missing, /d/, "x")`, `null`},
		{`replace("abc", /d/, missing)`, `null`},
		{`replace(name, /d/, bad)`, `drop: the replacement names a group that the regular expression does not have`},
	})
}

func TestToURL(t *testing.T) {
	check(t, []example{
		{`tourl("https://example.com/ui", "Denials by Host")`, `"[Denials by Host](https://example.com/ui)"`},
		{`tourl("https://example.com/ui", "12:30", "Failed at: ", "")`, `"[Failed at: 12:30](https://example.com/ui)"`},
		{`tourl("https://example.com/ui", 7, "", "!")`, `"[7!](https://example.com/ui)"`},
		{`tourl(missing, "name")`, `"name"`},
		{`tourl("https://example.com/ui", missing)`, `"https://example.com/ui"`},
		{`tourl(missing, missing)`, `null`},
	})
}
