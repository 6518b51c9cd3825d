package catalog

// operators holds the rows of sections 4, 5 and 7 of the language reference.
var operators = []Entry{
	operator("as", `EXPRESSION as NAME`, Supported, "Computes a field from an expression.", `if(isBlank(src_ip), "-", src_ip) as actor`),
	operator("csv", `csv FIELD extract [N as] NAME, …`, Supported, "Makes fields of comma-separated values.", `csv _raw extract 1 as user, 2 as action`),
	operator("extract", `extract [field=FIELD] "REGEX" [nodrop] [multi]`, Supported, "The same as parse regex.", `extract "user=(?<user>\w+)"`),
	operator("fields", `fields [-] FIELD, …`, Supported, "Keeps the named columns in that order, or drops them after a minus sign.", `fields user, _count`),
	operator("json", `json [field=FIELD] "PATH", … [as NAME, …] [nodrop]`, Supported, "Makes fields of the named JSON values.", `json "userIdentity.arn" as arn nodrop`),
	operator("json auto", `json auto [field=FIELD] [maxdepth N] [extractarrays] [keys "KEY", … [refonly] [as NAME, …]] [nodrop]`, Supported, "Makes a field of every JSON value in a message.", `json auto maxdepth 5 nodrop`),
	operator("keyvalue", `keyvalue [infer | auto] [field=FIELD] [regex "REGEX" keys] "KEY", … [refonly] [as NAME, …] [nodrop]`, Supported, "Makes fields of key=value pairs.", `keyvalue "user", "action"`),
	operator("kv", `kv [infer | auto] [field=FIELD] [regex "REGEX" keys] "KEY", … [refonly] [as NAME, …] [nodrop]`, Supported, "The same as keyvalue.", `kv auto`),
	operator("limit", `limit N`, Supported, "Keeps the first rows, up to 10,000.", `limit 10`),
	operator("order", `order [by FIELD [asc | desc], …]`, Supported, "The same as sort.", `order by _count desc`),
	operator("parse", `parse [field=FIELD] "text*text" as NAME, … [nodrop]`, Supported, "Makes fields of what stands between fixed texts.", `parse "user=* " as user nodrop`),
	operator("parse regex", `parse regex [field=FIELD] "REGEX" [nodrop] [multi]`, Supported, "Makes fields of the named groups of a regular expression.", `parse regex "user=(?<user>\w+)" nodrop`),
	operator("parse xml", `parse xml [field=FIELD] "PATH", … [as NAME, …] [nodrop]`, Supported, "Makes fields of XML paths.", `parse xml "/a/b/@c" as c`),
	operator("sort", `sort [by FIELD [asc | desc], …]`, Supported, "Orders rows, descending unless told otherwise.", `sort by _count desc, user asc`),
	operator("split", `split FIELD [delim='C'] [escape='C'] [quote='C'] extract [N as] NAME, …`, Supported, "Makes fields of text between delimiters.", `split path delim='/' extract 1 as root`),
	operator("where", `where CONDITION`, Supported, "Keeps the rows for which a condition holds.", `where user matches "admin*" and !isBlank(src_ip)`),

	operator("accum", `accum FIELD [as NAME] [by FIELD, …]`, Supported, "Running total down the rows.", `accum _count as running`),
	operator("backshift", `backshift FIELD[, N] [as NAME] [by FIELD, …]`, Supported, "Value of an earlier row.", `backshift _count, 1`),
	operator("bin", `bin FIELD width=N[, min=N][, max=N]`, Supported, "Sorts numbers into ranges of one width.", `bin latency width=10`),
	operator("cat", `cat TABLE`, Supported, "Shows a lookup table.", `cat path://"/Library/users"`),
	operator("compare", `compare [with] timeshift PERIOD [N [avg | min | max]] [as NAME], …`, Supported, "Runs the query on earlier ranges of time, too.", `compare with timeshift 1d`),
	operator("compose", `compose FIELD, … [maxresults=N] [keywords]`, Supported, "Gives a subquery's values to the query around it.", `where [subquery: error | count by src_ip | compose src_ip]`),
	operator("dedup", `dedup [consecutive] [N] [by FIELD, …]`, Supported, "Keeps the first rows of each value.", `dedup 1 by user`),
	operator("diff", `diff FIELD [as NAME] [by FIELD, …]`, Supported, "Difference to the row before.", `diff _count`),
	operator("fillmissing", `fillmissing timeslice[(WIDTH)] [in FIELD], values("VALUE", …) in FIELD, values all in FIELD [with VALUE for FIELD] [takelast]`, Supported, "Adds the rows that a chart misses.", `fillmissing timeslice(1h)`),
	operator("filter", `filter FIELD, … in (STAGES)`, Supported, "Keeps the rows that a child query finds.", `filter user in (sum(_count) by user | top 5 user by _sum)`),
	operator("geoip", `geoip FIELD [COLUMN, …]`, Supported, "Looks up where an address is.", `geoip src_ip`),
	operator("join", `join (STAGES) as NAME, (STAGES) as NAME on NAME.FIELD = NAME.FIELD [and …] [timewindow PERIOD]`, Supported, "Joins two streams on equal fields.", `join (parse "a=*" as a) as t1, (parse "b=*" as b) as t2 on t1.a = t2.b`),
	operator("lookup", `lookup * | COLUMN [as NAME], … from TABLE on FIELD=COLUMN, …`, Supported, "Adds columns from a table.", `lookup country_name from geo://location on ip=src_ip`),
	operator("merge", `merge [FIELD [takeFirst | takeLast | takeDistinct | join [with "TEXT"]] [as NAME], …]`, Supported, "Makes one row of all messages, or of each transaction.", `merge user takeLast`),
	operator("outlier", `outlier FIELD [by FIELD, …] [window=N] [threshold=N] [consecutive=N] [direction=+-]`, Supported, "Marks values far from the moving mean.", `outlier _count window=10, threshold=3`),
	operator("rollingstd", `rollingstd FIELD[, N] [as NAME] [by FIELD, …]`, Supported, "Standard deviation of the last rows.", `rollingstd _count, 10`),
	operator("save", `save [append] TABLE`, Supported, "Stores the rows in a lookup table.", `save /shared/users`),
	operator("sessionize", `sessionize "text*text" as (NAME, …), "text $NAME text*" as (NAME, …)`, Supported, "Ties messages together by values they share.", `sessionize "login * from *" as (id, ip), "user $id did *" as (what)`),
	operator("smooth", `smooth FIELD[, N] [as NAME] [by FIELD, …]`, Supported, "Mean of the last rows.", `smooth _count, 10`),
	operator("threatip", `threatip FIELD`, Supported, "Looks up an address in threat intelligence.", `threatip src_ip`),
	operator("threatlookup", `threatlookup [singleIndicator] [source="NAME"] [include="all"] FIELD, …`, Supported, "Looks up indicators in threat intelligence.", `threatlookup src_ip`),
	operator("timeslice", `timeslice [by] [WIDTH | N buckets] [as NAME]`, Supported, "Sorts messages into slices of time.", `timeslice 5m`),
	operator("top", `top N FIELD, … [by FIELD [asc], …]`, Supported, "The greatest groups.", `top 10 user by _count`),
	operator("topk", `topk(N, FIELD, …) [by FIELD, …]`, Supported, "The greatest rows of each group.", `topk(3, _count) by user`),
	operator("total", `total FIELD [as NAME] [by FIELD, …]`, Supported, "Sum over all rows, in each row.", `total _count as all`),
	operator("trace", `trace [+ | -] "REGEX" "VALUE"`, Supported, "Keeps the messages that hang together with a value, by the values that they have in common; with + only from older to newer messages, with - from newer to older ones.", `trace "id=(\w+)" "7f92"`),
	operator("transaction", `transaction on FIELD, … [fringe=PERIOD] with "PATTERN" [in FIELD] as NAME, … | states NAME, … [in FIELD] [results by transactions | flow]`, Supported, "Follows messages with the same IDs through states.", `transaction on id with "*login*" as login, "*logout*" as logout`),
	operator("transactionize", `transactionize FIELD, … [as NAME] [maxSpan=PERIOD] [maxPause=PERIOD] [maxLogs=N] [startsWith="TEXT"[;strict]] [endsWith="TEXT"[;strict]] [keepOrphans=true | false] [(merge …)]`, Supported, "Groups messages that share values.", `transactionize id (merge user takeLast)`),
	operator("transpose", `transpose row FIELD, … column FIELD, … [as NAME, …]`, Supported, "Turns values of a column into columns.", `transpose row _timeslice column user`),
	operator("withtime", `withtime FIELD`, Supported, "Ties a value to its message's time.", `withtime status`),

	unpublished("anomaly", `anomaly FIELD [by FIELD, …]`, "Finds anomalies.", `anomaly _count by user`, "outlier finds numbers that stand out: | timeslice 1h | count by _timeslice | outlier _count"),
	unpublished("infer", `infer SCOPE`, "Applies a learned model.", `infer _category=x`, "leave the stage out, and what asks for its columns; the rows before it come out as they are"),
	unpublished("logcompare", `logcompare timeshift PERIOD`, "Compares patterns of messages between ranges.", `logcompare timeshift -24h`, "compare a count: | count by … | compare timeshift 24h"),
	unpublished("logexplain", `logexplain CONDITION on FIELD, …`, "Compares messages that meet a condition with the others.", `logexplain status = "failed" on user`, `count both sides: | if(status = "failed", 1, 0) as bad | sum(bad), count by user`),
	unpublished("logreduce", `logreduce`, "Groups messages by likeness.", `logreduce`, `group by a part of the message: | parse regex "(?<signature>…)" | count by signature`),
	unpublished("summarize", `summarize`, "The old name of logreduce.", `summarize`, `group by a part of the message: | parse regex "(?<signature>…)" | count by signature`),
	unpublished("predict", `predict FIELD by PERIOD forecast=N`, "Extends a series.", `predict _count by 1h forecast=5`, "leave the stage out; smooth and outlier follow a series: | smooth _count, 5"),
}

func operator(name, form string, s Support, doc, example string) Entry {
	return Entry{Name: name, Form: form, Kind: Operator, Support: s, Doc: doc, Example: example}
}

func unpublished(name, form, doc, example, hint string) Entry {
	e := operator(name, form, Unpublished, doc, example)
	e.Hint = hint
	return e
}

// infixes are the words of section 4 that stand between operands.
var infixes = []Entry{
	{Name: "in", Form: `EXPRESSION in (EXPRESSION, …)`, Kind: Infix, Doc: "Holds if a list has the value; nothing is cast.", Example: `user in ("root", "admin")`},
	{Name: "matches", Form: `EXPRESSION matches PATTERN`, Kind: Infix, Doc: "Holds if a glob covers the whole text, or if a regular expression matches.", Example: `cmd_line matches "*az login*"`},
	{Name: "not in", Form: `EXPRESSION not in (EXPRESSION, …)`, Kind: Infix, Doc: "Holds if a list does not have the value.", Example: `user not in ("root", "admin")`},
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
