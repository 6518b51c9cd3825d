package catalog

// functions holds the rows of section 8 of the language reference, and those of section 5 that are functions.
var functions = []Entry{
	function("contains", 2, 2, Boolean, Supported, "Whether a text holds another, case-sensitively.", `contains(path, "temp")`),
	function("if", 3, 3, Any, Supported, "One of two values, by a condition; also c ? a : b.", `if(isBlank(user), "-", user)`),
	function("isBlank", 1, 1, Boolean, Supported, "Whether a value is null, empty or white space.", `isBlank(user)`),
	function("isEmpty", 1, 1, Boolean, Supported, "Whether a value is null or empty.", `isEmpty(user)`),
	function("isNull", 1, 1, Boolean, Supported, "Whether a value is null.", `isNull(user)`),

	planned("base64Decode", 1, 2, Text, "Text of its Base64 form.", `base64Decode(payload)`),
	planned("base64Encode", 1, 1, Text, "Base64 form of a text.", `base64Encode(payload)`),
	planned("compareCIDRPrefix", 3, 3, Boolean, "Whether two addresses share a prefix.", `compareCIDRPrefix(src_ip, "10.0.0.1", toInt(8))`),
	planned("concat", 1, 16, Text, "Texts one after another.", `concat(user, "@", host)`),
	planned("decToHex", 1, 1, Text, "A number in hexadecimal.", `decToHex(code)`),
	planned("format", 1, 17, Text, "Values put into a format.", `format("%s: %d", user, n)`),
	planned("formatDate", 1, 3, Text, "A time as text.", `formatDate(_messageTime, "yyyy-MM-dd")`),
	planned("fromMillis", 1, 1, Numeric, "Time of milliseconds since 1970.", `fromMillis(ms)`),
	planned("fromSeconds", 1, 1, Numeric, "Time of seconds since 1970.", `fromSeconds(s)`),
	planned("getCIDRPrefix", 2, 2, Text, "Network of an address.", `getCIDRPrefix(src_ip, "24")`),
	planned("hash", 1, 2, Text, "Hash of a text.", `hash(user, "sha2_256")`),
	planned("haversine", 4, 4, Numeric, "Kilometres between two places.", `haversine(lat1, lon1, lat2, lon2)`),
	planned("hexToAscii", 1, 1, Text, "Text of hexadecimal bytes.", `hexToAscii(payload)`),
	planned("hexToDec", 1, 1, Numeric, "Number of its hexadecimal form.", `hexToDec(code)`),
	planned("ipv4ToNumber", 1, 1, Numeric, "An address as a number.", `ipv4ToNumber(src_ip)`),
	planned("isInfinity", 1, 1, Boolean, "Whether a number is infinite.", `isInfinity(rate)`),
	planned("isNaN", 1, 1, Boolean, "Whether a number is none.", `isNaN(rate)`),
	planned("isNumeric", 1, 1, Boolean, "Whether a text is a number.", `isNumeric(code)`),
	planned("isPrivateIP", 1, 1, Boolean, "Whether an IPv4 address is private.", `isPrivateIP(src_ip)`),
	planned("isPublicIP", 1, 1, Boolean, "Whether an IPv4 address is public.", `isPublicIP(src_ip)`),
	planned("isReservedIP", 1, 1, Boolean, "Whether an IPv4 address is reserved.", `isReservedIP(src_ip)`),
	planned("isValidIP", 1, 1, Boolean, "Whether a text is an address.", `isValidIP(src_ip)`),
	planned("isValidIPv4", 1, 1, Boolean, "Whether a text is an IPv4 address.", `isValidIPv4(src_ip)`),
	planned("isValidIPv6", 1, 1, Boolean, "Whether a text is an IPv6 address.", `isValidIPv6(src_ip)`),
	planned("jsonArrayContains", 2, 2, Boolean, "Whether a JSON array holds a value.", `jsonArrayContains(roles, "admin")`),
	planned("jsonArraySize", 1, 1, Numeric, "Length of a JSON array.", `jsonArraySize(roles)`),
	planned("length", 1, 1, Numeric, "Number of characters.", `length(cmd_line)`),
	planned("lookupContains", 2, NoLimit, Boolean, "Whether a lookup table holds a value.", `lookupContains("/shared/users", user = name)`),
	planned("luhn", 1, 1, Boolean, "Whether a card number's check digit is right.", `luhn(card)`),
	planned("maskFromCIDR", 1, 1, Text, "Network mask of a prefix length.", `maskFromCIDR("30")`),
	planned("now", 0, 0, Numeric, "Time of the run.", `now()`),
	planned("parseDate", 2, 3, Numeric, "Time of a text.", `parseDate(date, "yyyy-MM-dd")`),
	planned("parseHex", 1, 1, Numeric, "Number of its hexadecimal form.", `parseHex("0x12")`),
	planned("queryEndTime", 0, 0, Numeric, "End of the searched range.", `queryEndTime()`),
	planned("queryStartTime", 0, 0, Numeric, "Start of the searched range.", `queryStartTime()`),
	planned("queryTimeRange", 0, 0, Numeric, "Length of the searched range.", `queryTimeRange()`),
	planned("replace", 3, 3, Text, "A text with all occurrences of another replaced.", `replace(path, /[0-9]+/, "N")`),
	planned("substring", 2, 3, Text, "Part of a text.", `substring(user, 0, 3)`),
	planned("toMillis", 1, 1, Numeric, "Milliseconds since 1970 of a time.", `toMillis(date)`),
	planned("tourl", 2, 4, Text, "A link.", `tourl(url, "open")`),
	planned("trim", 1, 1, Text, "A text without the white space round it.", `trim(user)`),
	planned("urldecode", 1, 1, Text, "Text of its URL form.", `urldecode(path)`),
	planned("urlencode", 1, 1, Text, "URL form of a text.", `urlencode(path)`),

	cast("double", Numeric, "A value as a number.", `double(bytes)`),
	cast("int", Numeric, "A value as a whole number.", `int(bytes)`),
	cast("long", Numeric, "A value as a whole number.", `long(bytes)`),
	cast("num", Numeric, "A value as a number.", `num(bytes)`),
	cast("number", Numeric, "A value as a number.", `number(bytes)`),
	cast("toInt", Numeric, "A value as a whole number.", `toInt(bytes)`),
	cast("toLong", Numeric, "A value as a whole number.", `toLong(bytes)`),
	cast("toLowerCase", Text, "A text in lower case.", `toLowerCase(user)`),
	cast("toString", Text, "A value as text.", `toString(code)`),
	cast("toUpperCase", Text, "A text in upper case.", `toUpperCase(user)`),

	math("abs", 1, 1, "Size of a number."),
	math("acos", 1, 1, "Arc cosine."),
	math("asin", 1, 1, "Arc sine."),
	math("atan", 1, 1, "Arc tangent."),
	math("atan2", 2, 2, "Angle of a point."),
	math("cbrt", 1, 1, "Cube root."),
	math("ceil", 1, 1, "Nearest whole number above."),
	math("cos", 1, 1, "Cosine."),
	math("cosh", 1, 1, "Hyperbolic cosine."),
	math("exp", 1, 1, "Power of e."),
	math("expm1", 1, 1, "Power of e, less one."),
	math("floor", 1, 1, "Nearest whole number below."),
	math("hypot", 2, 2, "Length of a hypotenuse."),
	math("log", 1, 1, "Natural logarithm."),
	math("log10", 1, 1, "Logarithm to base 10."),
	math("log1p", 1, 1, "Natural logarithm of one more."),
	math("max", 2, 2, "Greater of two numbers."),
	math("min", 2, 2, "Lesser of two numbers."),
	math("pow", 2, 2, "Power of a number."),
	math("round", 1, 2, "Nearest number with so many decimals."),
	math("sin", 1, 1, "Sine."),
	math("sinh", 1, 1, "Hyperbolic sine."),
	math("sqrt", 1, 1, "Square root."),
	math("tan", 1, 1, "Tangent."),
	math("tanh", 1, 1, "Hyperbolic tangent."),
	math("toDegrees", 1, 1, "An angle in degrees."),
	math("toRadians", 1, 1, "An angle in radians."),
}

func function(name string, least, most int, r Result, s Support, doc, example string) Entry {
	return Entry{Name: name, Kind: Function, Min: least, Max: most, Result: r, Support: s, Doc: doc, Example: example}
}

func planned(name string, least, most int, r Result, doc, example string) Entry {
	return function(name, least, most, r, Planned, doc, example)
}

// cast makes the row of a function that, without a name for the result, overwrites its argument.
func cast(name string, r Result, doc, example string) Entry {
	e := planned(name, 1, 1, r, doc, example)
	e.Casts = true
	return e
}

// math makes the row of a function of numbers.
func math(name string, least, most int, doc string) Entry {
	return planned(name, least, most, Numeric, doc, name+[]string{1: "(a)", 2: "(a, b)"}[least])
}
