package catalog

// aggregates holds the rows of section 6 of the language reference.
var aggregates = []Entry{
	aggregate("avg", 1, "_avg", Supported, "Mean of the numbers in a field.", `avg(latency) by host`),
	aggregate("count", 0, "_count", Supported, "Number of rows; count(f) counts those where f is not null.", `count by user, host`),
	aggregate("count_distinct", 1, "_count_distinct", Supported, "Number of different values of a field, null aside.", `count_distinct(src_ip) by user`),
	alone("count_frequent", "count_frequent FIELD, …", "_approxcount", Supported, "The most frequent values, up to 10,000, and how often they occur.", `count_frequent src_ip, user`),
	aggregate("first", 1, "_first", Supported, "Value of the first row: the newest message unless sorted otherwise.", `first(status) by user`),
	aggregate("last", 1, "_last", Supported, "Value of the last row: the oldest message unless sorted otherwise.", `last(status) by user`),
	aggregate("least_recent", 1, "_leastrecent", Supported, "Oldest value of a field made by withtime.", `least_recent(status_withtime) by user`),
	aggregate("max", 1, "_max", Supported, "Greatest number in a field.", `max(latency) by host`),
	aggregate("median", 1, "_median", Supported, "Middle of the numbers in a field.", `median(latency) by host`),
	aggregate("min", 1, "_min", Supported, "Least number in a field.", `min(latency) by host`),
	aggregate("most_recent", 1, "_mostrecent", Supported, "Newest value of a field made by withtime.", `most_recent(status_withtime) by user`),
	percentile("pct", `pct(latency, 50, 95) by host`),
	percentile("pct_sampling", `pct_sampling(latency, 95) by host`),
	aggregate("stddev", 1, "_stddev", Supported, "Standard deviation of the numbers in a field.", `stddev(latency) by host`),
	aggregate("sum", 1, "_sum", Supported, "Sum of the numbers in a field.", `sum(bytes) as total by host`),
	aggregate("values", 1, "_values", Supported, "The different values of a field, one a line.", `values(user) by src_ip`),
}

// aggregate makes the row of an aggregate that takes up to one field.
func aggregate(name string, least int, output string, s Support, doc, example string) Entry {
	form := name + "(FIELD)"
	if least == 0 {
		form = name + "[(FIELD)]"
	}
	return Entry{Name: name, Form: form, Kind: Aggregate, Min: least, Max: 1, Output: output, Support: s, Doc: doc, Example: example}
}

// percentile makes the row of an aggregate that takes a field and numbers; its columns are named after both.
func percentile(name, example string) Entry {
	e := aggregate(name, 1, "", Supported, "Percentiles of the numbers in a field.", example)
	e.Form = name + "(FIELD[, NUMBER, …])"
	e.Max = NoLimit
	return e
}

// alone makes the row of an aggregate that takes nothing in parentheses.
func alone(name, form, output string, s Support, doc, example string) Entry {
	return Entry{Name: name, Form: form, Kind: Aggregate, Output: output, Support: s, Doc: doc, Example: example}
}
