// Command etcd is the store of the test control plane: the etcd server of the release in go.mod, nothing added.
//
// It exists because etcd's own go.mod replaces modules by relative paths, so that `go install` of the
// release is refused; a module of our own that only requires the server is not.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
