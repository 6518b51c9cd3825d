package literal

import (
	"syscall"
	"testing"
)

// TestNothingBehindTheTextIsRead searches texts behind whose last byte a page begins that may not be read.
func TestNothingBehindTheTextIsRead(t *testing.T) {
	page := syscall.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Munmap(memory); err != nil {
			t.Error(err)
		}
	}()
	if err := syscall.Mprotect(memory[page:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]Literal{exact("az login", "high"), anyCase("az login"), exact("&#", "x"), exact("kz1")} {
		all := searchers(list)
		for n := range 400 {
			text := memory[page-n : page]
			for i := range text {
				text[i] = '.'
			}
			for name, s := range all {
				if got := s.Index(text); got != -1 {
					t.Fatalf("%s: %v in %d dots: at %d", name, list, n, got)
				}
			}
			for _, l := range list {
				if n < len(l.Text) {
					continue
				}
				copy(text[n-len(l.Text):], l.Text)
				for name, s := range all {
					if got := s.Index(text); got != n-len(l.Text) {
						t.Fatalf("%s: %v at the end of %d bytes: at %d", name, list, n, got)
					}
				}
				for i := range text {
					text[i] = '.'
				}
			}
		}
	}
}
