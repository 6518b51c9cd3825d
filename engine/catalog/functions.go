package catalog

// functions holds the rows of section 8 of the language reference, and those of section 5 that are functions.
var functions = []Entry{
	function("contains", "TEXT, PART", 2, 2, Boolean, Supported, "Whether a text holds another, case-sensitively.", `contains(path, "temp")`),
	function("if", "CONDITION, THEN, ELSE", 3, 3, Any, Supported, "One of two values, by a condition; also c ? a : b.", `if(isBlank(user), "-", user)`),
	function("isBlank", "VALUE", 1, 1, Boolean, Supported, "Whether a value is null, empty or white space.", `isBlank(user)`),
	function("isEmpty", "VALUE", 1, 1, Boolean, Supported, "Whether a value is null or empty.", `isEmpty(user)`),
	function("isNull", "VALUE", 1, 1, Boolean, Supported, "Whether a value is null.", `isNull(user)`),

	function("base64Decode", "TEXT[, CHARSET]", 1, 2, Text, Supported, "Text of its Base64 form.", `base64Decode(payload)`),
	function("base64Encode", "TEXT", 1, 1, Text, Supported, "Base64 form of a text.", `base64Encode(payload)`),
	function("compareCIDRPrefix", "ADDRESS, ADDRESS, BITS", 3, 3, Boolean, Supported, "Whether two addresses share a prefix.", `compareCIDRPrefix("10.0.0.0", src_ip, toInt(8))`),
	function("concat", "VALUE, …", 1, 16, Text, Supported, "Texts one after another.", `concat(user, "@", host)`),
	function("decToHex", "NUMBER", 1, 1, Text, Supported, "A number in hexadecimal.", `decToHex(code)`),
	function("format", "FORMAT[, VALUE, …]", 1, 17, Text, Supported, "Values put into a format.", `format("%s: %d", user, n)`),
	function("formatDate", "TIME[, PATTERN[, ZONE]]", 1, 3, Text, Supported, "A time as text.", `formatDate(_messageTime, "yyyy-MM-dd HH:mm:ss", "UTC")`),
	function("fromMillis", "NUMBER", 1, 1, Numeric, Supported, "Time of milliseconds since 1970.", `fromMillis(ms)`),
	function("fromSeconds", "NUMBER", 1, 1, Numeric, Supported, "Time of seconds since 1970.", `fromSeconds(s)`),
	function("getCIDRPrefix", "ADDRESS, BITS", 2, 2, Text, Supported, "Network of an address.", `getCIDRPrefix(src_ip, "24")`),
	function("hash", "TEXT[, ALGORITHM]", 1, 2, Text, Supported, "Hash of a text: md5, sha1, sha2_256 or murmur3_128.", `hash(user, "sha2_256")`),
	function("haversine", "LATITUDE, LONGITUDE, LATITUDE, LONGITUDE", 4, 4, Numeric, Supported, "Kilometres between two places.", `haversine(lat1, lon1, lat2, lon2)`),
	function("hexToAscii", "TEXT", 1, 1, Text, Supported, "Text of hexadecimal bytes.", `hexToAscii(payload)`),
	function("hexToDec", "TEXT", 1, 1, Numeric, Supported, "Number of its hexadecimal form.", `hexToDec(code)`),
	function("ipv4ToNumber", "ADDRESS", 1, 1, Numeric, Supported, "An address as a number.", `ipv4ToNumber(src_ip)`),
	function("isInfinity", "NUMBER", 1, 1, Boolean, Supported, "Whether a number is infinite.", `isInfinity(rate)`),
	function("isNaN", "VALUE", 1, 1, Boolean, Supported, "Whether a text is not a number.", `isNaN(rate)`),
	function("isNumeric", "VALUE", 1, 1, Boolean, Supported, "Whether a text is a number.", `isNumeric(code)`),
	function("isPrivateIP", "ADDRESS", 1, 1, Boolean, Supported, "Whether an IPv4 address is private.", `isPrivateIP(src_ip)`),
	function("isPublicIP", "ADDRESS", 1, 1, Boolean, Supported, "Whether an IPv4 address is public.", `isPublicIP(src_ip)`),
	function("isReservedIP", "ADDRESS", 1, 1, Boolean, Supported, "Whether an IPv4 address is reserved.", `isReservedIP(src_ip)`),
	function("isValidIP", "VALUE", 1, 1, Boolean, Supported, "Whether a text is an address.", `isValidIP(src_ip)`),
	function("isValidIPv4", "VALUE", 1, 1, Boolean, Supported, "Whether a text is an IPv4 address.", `isValidIPv4(src_ip)`),
	function("isValidIPv6", "VALUE", 1, 1, Boolean, Supported, "Whether a text is an IPv6 address.", `isValidIPv6(src_ip)`),
	function("jsonArrayContains", "ARRAY, VALUE", 2, 2, Boolean, Supported, "Whether a JSON array holds a value.", `jsonArrayContains(roles, "admin")`),
	function("jsonArraySize", "ARRAY", 1, 1, Numeric, Supported, "Length of a JSON array.", `jsonArraySize(roles)`),
	function("length", "TEXT", 1, 1, Numeric, Supported, "Number of characters.", `length(cmd_line)`),
	function("lookupContains", "TABLE, FIELD=COLUMN, …", 2, NoLimit, Boolean, Supported, "Whether a lookup table holds a value.", `lookupContains(path://"/Library/users", user=name)`),
	function("luhn", "TEXT", 1, 1, Boolean, Supported, "Whether a card number's check digit is right.", `luhn(card)`),
	function("maskFromCIDR", "BITS", 1, 1, Text, Supported, "Network mask of a prefix length.", `maskFromCIDR("30")`),
	function("now", "", 0, 0, Numeric, Supported, "Time of the run.", `now()`),
	function("parseDate", "TEXT, PATTERN[, ZONE]", 2, 3, Numeric, Supported, "Time of a text.", `parseDate(date, "yyyy-MM-dd")`),
	function("parseHex", "TEXT", 1, 1, Numeric, Supported, "Number of its hexadecimal form.", `parseHex("0x12")`),
	function("queryEndTime", "", 0, 0, Numeric, Supported, "End of the searched range.", `queryEndTime()`),
	function("queryStartTime", "", 0, 0, Numeric, Supported, "Start of the searched range.", `queryStartTime()`),
	function("queryTimeRange", "", 0, 0, Numeric, Supported, "Length of the searched range.", `queryTimeRange()`),
	function("replace", "TEXT, PART | /REGEX/, TEXT", 3, 3, Text, Supported, "A text with all occurrences of another replaced.", `replace(path, /[0-9]+/, "N")`),
	function("substring", "TEXT, FROM[, TO]", 2, 3, Text, Supported, "Part of a text.", `substring(user, 0, 3)`),
	function("toMillis", "TIME", 1, 1, Numeric, Supported, "Milliseconds since 1970 of a time.", `toMillis(date)`),
	function("tourl", "URL, NAME[, PREFIX[, SUFFIX]]", 2, 4, Text, Supported, "A link and its name.", `tourl(url, "open")`),
	function("trim", "TEXT", 1, 1, Text, Supported, "A text without the white space round it.", `trim(user)`),
	function("urldecode", "TEXT", 1, 1, Text, Supported, "Text of its URL form.", `urldecode(path)`),
	function("urlencode", "TEXT", 1, 1, Text, Supported, "URL form of a text.", `urlencode(path)`),

	cast("double", Numeric, "A value as a number.", `double(bytes)`),
	cast("int", Numeric, "A value as a whole number.", `int(bytes)`),
	cast("long", Numeric, "A value as a whole number.", `long(bytes)`),
	cast("num", Numeric, "A value as a number.", `num(bytes)`),
	cast("number", Numeric, "A value as a number.", `number(bytes)`),
	cast("toDouble", Numeric, "A value as a number.", `toDouble(bytes)`),
	cast("toInt", Numeric, "A value as a whole number.", `toInt(bytes)`),
	cast("toLong", Numeric, "A value as a whole number.", `toLong(bytes)`),
	cast("toLowerCase", Text, "A text in lower case.", `toLowerCase(user)`),
	cast("toNumber", Numeric, "A value as a number.", `toNumber(bytes)`),
	cast("toString", Text, "A value as text.", `toString(code)`),
	cast("toUpperCase", Text, "A text in upper case.", `toUpperCase(user)`),

	math("abs", 1, 1, "Size of a number."),
	math("acos", 1, 1, "Arc cosine."),
	math("asin", 1, 1, "Arc sine."),
	math("atan", 1, 1, "Arc tangent."),
	math("atan2", 2, 2, "Angle of a point."),
	math("cbrt", 1, 1, "Cube root."),
	rounds("ceil", 1, "Nearest whole number above."),
	math("cos", 1, 1, "Cosine."),
	math("cosh", 1, 1, "Hyperbolic cosine."),
	math("exp", 1, 1, "Power of e."),
	math("expm1", 1, 1, "Power of e, less one."),
	rounds("floor", 1, "Nearest whole number below."),
	math("hypot", 2, 2, "Length of a hypotenuse."),
	math("log", 1, 1, "Natural logarithm."),
	math("log10", 1, 1, "Logarithm to base 10."),
	math("log1p", 1, 1, "Natural logarithm of one more."),
	math("max", 2, 2, "Greater of two numbers."),
	math("min", 2, 2, "Lesser of two numbers."),
	math("pow", 2, 2, "Power of a number."),
	rounds("round", 2, "Nearest number with so many decimals."),
	math("sin", 1, 1, "Sine."),
	math("sinh", 1, 1, "Hyperbolic sine."),
	math("sqrt", 1, 1, "Square root."),
	math("tan", 1, 1, "Tangent."),
	math("tanh", 1, 1, "Hyperbolic tangent."),
	math("toDegrees", 1, 1, "An angle in degrees."),
	math("toRadians", 1, 1, "An angle in radians."),
}

// function makes the row of a function; params are its parameters as Form has them.
func function(name, params string, least, most int, r Result, s Support, doc, example string) Entry {
	return Entry{Name: name, Form: name + "(" + params + ")", Kind: Function, Min: least, Max: most, Result: r, Support: s, Doc: doc, Example: example}
}

// cast makes the row of a function that, without a name for the result, overwrites its argument.
func cast(name string, r Result, doc, example string) Entry {
	e := function(name, "VALUE", 1, 1, r, Supported, doc, example)
	e.Casts = true
	return e
}

// math makes the row of a function of numbers.
func math(name string, least, most int, doc string) Entry {
	params := []string{1: "NUMBER", 2: "NUMBER, NUMBER"}[least]
	if most > least {
		params += "[, DECIMALS]"
	}
	return function(name, params, least, most, Numeric, Supported, doc, name+[]string{1: "(a)", 2: "(a, b)"}[least])
}

// rounds makes the row of a function of a number that overwrites its argument, as a cast does: published queries write
// | round(x) | sort by x.
func rounds(name string, most int, doc string) Entry {
	e := math(name, 1, most, doc)
	e.Casts = true
	return e
}
