package engine_test

import (
	"strings"
	"testing"
	"time"

	"retrohunt/engine"
	"retrohunt/engine/value"
)

var conditionColumns = []string{"actor", "src_ip", "process.command_line", "_count"}

func TestCondition(t *testing.T) {
	row := []value.Value{value.OfString("ada"), {}, value.OfString("az login"), value.OfLong(3)}
	for src, want := range map[string]bool{
		`actor = "ada"`:                        true,
		`ACTOR = "ada" and _count > 2`:         true,
		`actor = "Ada"`:                        false,
		`process.command_line matches "*log*"`: true,
		`isNull(src_ip)`:                       true,
		`src_ip = "-"`:                         false,
		`!(actor in ("grace", "alan"))`:        true,
		`actor matches /^a.a$/ // comment`:     true,
		`now() > 1772000000000`:                true,
		`isPrivateIP(actor) or true`:           false, // where would drop the row
	} {
		c, err := engine.CompileRowCondition(src, conditionColumns, engine.Clock{Now: time.UnixMilli(1772000000001)})
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got := c.Holds(row); got != want {
			t.Errorf("%s: %v", src, got)
		}
	}
}

func TestConditionWarns(t *testing.T) {
	c, err := engine.CompileRowCondition("isPrivateIP(actor)", conditionColumns, engine.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	c.Holds([]value.Value{value.OfString("ada"), {}, {}, {}})
	if w := c.Warnings(); len(w) != 1 || w[0].Count != 1 {
		t.Errorf("%v", w)
	}
}

func TestConditionMistakes(t *testing.T) {
	for src, want := range map[string]string{
		``:                        "unexpected end of query, expected an expression",
		`actr = "ada"`:            "there is no field actr after the aggregate; did you mean actor?",
		`actor = "a" | count`:     "unexpected |, expected an operator or the end of the expression",
		`concat(actor, "x")`:      `this is text, not a condition; compare it with something: … = "value"`,
		`actor = "a`:              `this string is never closed, expected '"'`,
		`nosuch(actor) = 1`:       "unknown function nosuch",
		`(actor = "a"`:            "this parenthesis is never closed, expected an operator or ')'",
		`actor = "a" extra words`: "unexpected extra, expected an operator or the end of the expression",
	} {
		if _, err := engine.CompileRowCondition(src, conditionColumns, engine.Clock{}); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", src, err, want)
		}
	}
	_, err := engine.CompileRowCondition(`x = 1`, []string{"actor", "*"}, engine.Clock{})
	if err == nil || !strings.HasPrefix(err.Error(), "what transpose makes has no field x by name") {
		t.Errorf("a column that only the rows decide: %v", err)
	}
}
