// Command aksnet plans the network of Azure Kubernetes Service clusters.
package main

import (
	"os"

	"github.com/aksnet/aksnet/cmd"
	"github.com/aksnet/aksnet/cmd/cli"
)

func main() {
	os.Exit(cmd.Main(cli.Standard(), os.Args[1:]))
}
