package extract_test

import (
	"testing"

	"retrohunt/engine/extract"
)

func TestPieces(t *testing.T) {
	for _, test := range []struct{ signs, text, want string }{
		{`,"\`, `a,b,c`, "a | b | c"},
		{`,"\`, `a,,`, "a |  | "},
		{`,"\`, ``, " | null | null"},
		{`,"\`, `"a,b", "c""d" e,"open, f`, `a,b | c"d e | open, f`},
		{`,"\`, `a\,b,C:\dir,\"q\\`, `a,b | C:\dir | "q\`},
		{`,"\`, `"a\"b",c`, `a"b | c | null`},
		{`,""`, `"a""b",c\,d`, `a"b | c\ | d`},
		{` "\`, `a  "b c"`, "a |  | b c"},
		{`:'\`, `x:'y:z':w`, "x | y:z | w"},
	} {
		p := extract.NewPieces(test.signs[:1], test.signs[1:2], test.signs[2:], []int{1, 2, 3})
		if got := show(p, test.text, 3); got != test.want {
			t.Errorf("%s in %q is %q, want %q", test.signs, test.text, got, test.want)
		}
	}
}
