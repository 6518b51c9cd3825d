package catalog

// operators holds the rows of sections 4, 5 and 7 of the language reference.
var operators = []Entry{
	operator("as", Supported, "Computes a field from an expression.", `if(isBlank(src_ip), "-", src_ip) as actor`),
	operator("csv", Supported, "Makes fields of comma-separated values.", `csv _raw extract 1 as user, 2 as action`),
	operator("extract", Supported, "The same as parse regex.", `extract "user=(?<user>\w+)"`),
	operator("fields", Supported, "Keeps the named columns in that order, or drops them after a minus sign.", `fields user, _count`),
	operator("json", Supported, "Makes fields of the named JSON values.", `json "userIdentity.arn" as arn nodrop`),
	operator("json auto", Supported, "Makes a field of every JSON value in a message.", `json auto maxdepth 5 nodrop`),
	operator("keyvalue", Supported, "Makes fields of key=value pairs.", `keyvalue "user", "action"`),
	operator("kv", Supported, "The same as keyvalue.", `kv auto`),
	operator("limit", Supported, "Keeps the first rows, up to 10,000.", `limit 10`),
	operator("order", Supported, "The same as sort.", `order by _count desc`),
	operator("parse", Supported, "Makes fields of what stands between fixed texts.", `parse "user=* " as user nodrop`),
	operator("parse regex", Supported, "Makes fields of the named groups of a regular expression.", `parse regex "user=(?<user>\w+)" nodrop`),
	operator("parse xml", Supported, "Makes fields of XML paths.", `parse xml "/a/b/@c" as c`),
	operator("sort", Supported, "Orders rows, descending unless told otherwise.", `sort by _count desc, user asc`),
	operator("split", Supported, "Makes fields of text between delimiters.", `split path delim='/' extract 1 as root`),
	operator("where", Supported, "Keeps the rows for which a condition holds.", `where user matches "admin*" and !isBlank(src_ip)`),

	operator("accum", Supported, "Running total down the rows.", `accum _count as running`),
	operator("backshift", Supported, "Value of an earlier row.", `backshift _count, 1`),
	operator("bin", Supported, "Sorts numbers into ranges of one width.", `bin latency width=10`),
	operator("cat", Supported, "Shows a lookup table.", `cat path://"/Library/users"`),
	operator("compare", Planned, "Runs the query on an earlier range, too.", `compare with timeshift 1d`),
	operator("compose", Planned, "Gives a subquery's values to the query around it.", `compose src_ip`),
	operator("dedup", Supported, "Keeps the first rows of each value.", `dedup 1 by user`),
	operator("diff", Supported, "Difference to the row before.", `diff _count`),
	operator("fillmissing", Supported, "Adds the rows that a chart misses.", `fillmissing timeslice(1h)`),
	operator("filter", Supported, "Keeps the rows that a child query finds.", `filter user in (sum(_count) by user | top 5 user by _sum)`),
	operator("geoip", Supported, "Looks up where an address is.", `geoip src_ip`),
	operator("join", Planned, "Joins two streams on equal fields.", `join (parse "a=*" as a) as t1, (parse "b=*" as b) as t2 on t1.a = t2.b`),
	operator("lookup", Supported, "Adds columns from a table.", `lookup country_name from geo://location on ip=src_ip`),
	operator("merge", Planned, "Merges the rows of a transaction.", `merge user takeLast`),
	operator("outlier", Supported, "Marks values far from the moving mean.", `outlier _count window=10, threshold=3`),
	operator("rollingstd", Supported, "Standard deviation of the last rows.", `rollingstd _count, 10`),
	operator("save", Planned, "Stores the rows in a lookup table.", `save /shared/users`),
	operator("sessionize", Planned, "Ties messages together by values they share.", `sessionize "login * from *" as (id, ip), "user $id did *" as (what)`),
	operator("smooth", Supported, "Mean of the last rows.", `smooth _count, 10`),
	operator("threatip", Supported, "Looks up an address in threat intelligence.", `threatip src_ip`),
	operator("threatlookup", Supported, "Looks up indicators in threat intelligence.", `threatlookup src_ip`),
	operator("timeslice", Supported, "Sorts messages into slices of time.", `timeslice 5m`),
	operator("top", Supported, "The greatest groups.", `top 10 user by _count`),
	operator("topk", Supported, "The greatest rows of each group.", `topk(3, _count) by user`),
	operator("total", Supported, "Sum over all rows, in each row.", `total _count as all`),
	operator("transaction", Planned, "Follows states through messages.", `transaction on id`),
	operator("transactionize", Planned, "Groups messages that share values.", `transactionize id (merge user takeLast)`),
	operator("transpose", Supported, "Turns values of a column into columns.", `transpose row _timeslice column user`),
	operator("withtime", Supported, "Ties a value to its message's time.", `withtime status`),

	operator("anomaly", Unpublished, "Finds anomalies.", `anomaly _count by user`),
	operator("infer", Unpublished, "Applies a learned model.", `infer _category=x`),
	operator("logcompare", Unpublished, "Compares patterns of messages between ranges.", `logcompare timeshift -24h`),
	operator("logexplain", Unpublished, "Compares messages that meet a condition with the others.", `logexplain status = "failed" on user`),
	operator("logreduce", Unpublished, "Groups messages by likeness.", `logreduce`),
	operator("summarize", Unpublished, "The old name of logreduce.", `summarize`),
	operator("predict", Unpublished, "Extends a series.", `predict _count by 1h forecast=5`),
}

func operator(name string, s Support, doc, example string) Entry {
	return Entry{Name: name, Kind: Operator, Support: s, Doc: doc, Example: example}
}

// infixes are the words of section 4 that stand between operands.
var infixes = []Entry{
	{Name: "in", Kind: Infix, Doc: "Holds if a list has the value; nothing is cast.", Example: `user in ("root", "admin")`},
	{Name: "matches", Kind: Infix, Doc: "Holds if a glob covers the whole text, or if a regular expression matches.", Example: `cmd_line matches "*az login*"`},
	{Name: "not in", Kind: Infix, Doc: "Holds if a list does not have the value.", Example: `user not in ("root", "admin")`},
}

// foreign are words of other query languages that people write in Sumo queries.
var foreign = []Entry{
	{Name: "coalesce", Kind: Function, Support: NotSumo, Hint: `write if(!isBlank(a), a, b)`},
	{Name: "dcount", Kind: Aggregate, Support: NotSumo, Hint: `write count_distinct(field)`},
	{Name: "eval", Kind: Operator, Support: NotSumo, Hint: `write | expression as name`},
	{Name: "stats", Kind: Operator, Support: NotSumo, Hint: `write the aggregate itself: | count by field`},
	{Name: "table", Kind: Operator, Support: NotSumo, Hint: `write | fields a, b`},
	{Name: "toLower", Kind: Function, Support: NotSumo, Hint: `write toLowerCase(field)`},
	{Name: "toUpper", Kind: Function, Support: NotSumo, Hint: `write toUpperCase(field)`},
}
