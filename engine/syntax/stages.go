package syntax

import "strings"

// stageParser returns what reads the stage that begins with word, nil if word names no operator and no aggregate.
// This is the table of all operators: each has a file of its own, op_NAME.go, with its node, parser and printer.
func stageParser(word string) func(*parser) Stage {
	switch strings.ToLower(word) {
	case "where":
		return parseWhere
	case "json":
		return parseJSON
	case "sort", "order":
		return parseSort
	case "limit":
		return parseLimit
	case "fields":
		return parseFields
	case "parse":
		return parseParse
	case "extract":
		return parseExtract
	case "keyvalue", "kv":
		return parseKeyValue
	case "csv", "split":
		return parseSplit
	case "timeslice":
		return parseTimeslice
	case "top":
		return parseTop
	case "transpose":
		return parseTranspose
	case "fillmissing":
		return parseFillMissing
	case "withtime":
		return parseWithTime
	case "topk":
		return parseTopK
	case "total", "accum", "diff", "backshift", "smooth", "rollingstd":
		return parseWindow
	case "dedup":
		return parseDedup
	case "lookup":
		return parseLookup
	case "geoip":
		return parseGeoIP
	case "threatip":
		return parseThreatIP
	case "threatlookup":
		return parseThreatLookup
	case "filter":
		return parseFilter
	case "join":
		return parseJoin
	case "outlier":
		return parseOutlier
	case "compare":
		return parseCompare
	case "compose":
		return parseCompose
	case "bin":
		return parseBin
	case "trace":
		return parseTrace
	case "transactionize":
		return parseTransactionize
	case "merge":
		return parseMerge
	case "transaction":
		return parseTransaction
	case "sessionize":
		return parseSessionize
	case "save":
		return parseSave
	case "min", "max": // min(a, b) is also a function
		return parseAssign
	case "parsexml", // not built yet, or not to be built
		"cat",
		"logreduce", "logcompare", "logexplain", "predict", "infer", "anomaly":
		return parseUnknown
	}
	if aggregateWord(word) {
		return parseAggregate
	}
	return nil
}

// aggregateWord reports whether word is an aggregate, built or not: they share one grammar.
func aggregateWord(word string) bool {
	switch strings.ToLower(word) {
	case "count", "count_distinct", "count_frequent", "sum", "min", "max", "avg", "stddev", "pct", "pct_sampling", "median",
		"first", "last", "most_recent", "least_recent", "values":
		return true
	}
	return false
}

// stage reads the operator after a pipe: the one that its first word names, else a field expression.
func (p *parser) stage() Stage {
	if p.tok.kind == end || p.tok.kind == pipe {
		p.unexpected("an operator")
	}
	if p.tok.kind != word || reserved(p.tok.text) {
		return parseAssign(p)
	}
	next := p.peek()
	if parse := stageParser(p.tok.text); parse != nil && !fieldBefore(next, p.tok) {
		return parse(p)
	}
	if next.kind == lparen || infix(next) || p.moduloName(next) {
		return parseAssign(p)
	}
	return parseUnknown(p)
}

// fieldBefore reports whether op, though it names an operator, is a field here: | count / 60 as n, | total as Total.
func fieldBefore(next, op token) bool {
	switch next.kind {
	case plus, minus:
		return !op.isAny("sort", "order", "fields", "where", "trace")
	case star:
		return !op.isAny("lookup", "where")
	case slash:
		return !op.isAny("save", "cat", "where")
	case word:
		return next.is("as") && !aggregateWord(op.text) && !op.isAny("timeslice", "where")
	}
	return infix(next) && !op.is("where")
}

// infix reports whether t can stand after the first operand of an expression.
func infix(t token) bool {
	switch t.kind {
	case eq, ne, lt, le, gt, ge, plus, minus, star, slash, percent, question, andand, oror:
		return true
	case bad: // =~
		return t.End-t.Start == 2
	}
	return t.isAny("as", "matches", "in", "not", "contains", "and", "or")
}

// moduloName reports whether t, after a word that names no operator, is the rest of a modulo: a %b. An unknown operator
// may well be followed by a name in %"…".
func (p *parser) moduloName(t token) bool { return t.kind == name && p.src[t.Start+1] != '"' }

// stageEnds reports whether nothing of the stage follows.
func (p *parser) stageEnds() bool {
	return p.tok.kind == end || p.tok.kind == pipe || p.child && p.tok.kind == rparen
}

// endStage checks that the stage is read whole. orElse names what else could follow.
func (p *parser) endStage(orElse string) {
	if p.stageEnds() {
		return
	}
	e := p.surprise(orElse + "'|' or the end of the query")
	if e.Hint == "" && strings.Contains(p.src[p.last:p.tok.Start], "\n") {
		e.Hint = "a line that goes on with another stage begins with |, one that is no part of the query with //"
	}
	p.fail(e)
}
