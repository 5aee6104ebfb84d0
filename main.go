// Command aksnet plans the network of Azure Kubernetes Service clusters.
package main

import (
	"os"

	"github.com/aksnet/aksnet/cmd"
)

func main() {
	os.Exit(cmd.Main(cmd.Standard(), os.Args[1:]))
}
