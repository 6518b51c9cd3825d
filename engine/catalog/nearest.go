package catalog

import "strings"

// Nearest returns the candidate that name is most probably a slip of, or "" if none is near. It counts letters that are
// missing, extra, wrong, or swapped with their neighbour (Damerau and Levenshtein's distance), in any case; up to one in
// three letters may be. Of equally near candidates the first wins.
func Nearest(name string, candidates []string) string {
	name = strings.ToLower(name)
	best, least := "", (len([]rune(name))+1)/3+1
	for _, c := range candidates {
		if d := distance([]rune(name), []rune(strings.ToLower(c))); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance returns how many slips make b of a: the variant in which no letter is changed twice.
func distance(a, b []rune) int {
	var before []int // the row before the row before
	above := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+differs(a[i], b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

func differs(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
