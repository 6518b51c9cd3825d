// Command retrohunt replays exported security logs through detections written in the Sumo Logic query language.
//
// It is the edge of the program: it reads the command line, puts the other packages together, and decides the exit code.
// Rows go to standard output, everything else to standard error. A command has a file of its own.
package main

import "os"

func main() {
	waitToCollect()
	os.Exit(system().run(os.Args[1:]))
}
