package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/ledger"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func newLedger(io cli.IO) *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "Hand out address ranges once, and remember who holds them",
		Long: `A ledger is the list of address ranges in use, with who holds them. Plans that are made with one keep every range that
they were given, and never get a range that somebody else has.

The ledger is a file, aksnet.lock beside the spec, or a blob of Azure Storage that many pipelines share:
--ledger azblob://ACCOUNT/CONTAINER/BLOB. All ranges of a plan are handed out in one write, or none.`,
		Example: `  aksnet ledger reserve aksnet.yaml
  aksnet ledger list --in 10.40.0.0/16
  aksnet ledger check vnets.json`,
		Args: cli.KnownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newLedgerReserve(io), newLedgerCommit(io), newLedgerRelease(io), newLedgerList(io), newLedgerCheck(io),
		newLedgerImport(io))
	return c
}

// ledgerOptions holds the flags that say which ledger a command uses, and for whom.
type ledgerOptions struct {
	url, owner, blobEndpoint string
	// known is whether the command has the flags.
	known bool
}

// addLedger adds the flags. The owner is the command's own flag where it has one already.
func (o *ledgerOptions) addLedger(c *cobra.Command) {
	f := c.Flags()
	o.known = true
	f.StringVar(
		&o.url,
		"ledger",
		"",
		"ledger of ranges in use: a `FILE`, azblob://ACCOUNT/CONTAINER/BLOB or avnm:POOL-ID (default "+
			ledger.FileName+" beside the spec)",
	)
	f.StringVar(
		&o.blobEndpoint,
		"blob-endpoint",
		"",
		"`URL` of the storage account of the ledger in other clouds and emulators (default "+
			"https://ACCOUNT.blob.core.windows.net)",
	)
	if f.Lookup("owner") == nil {
		f.StringVar(
			&o.owner,
			"owner",
			"",
			"`OWNER` of the ranges: a team or repository (default the repository of the folder, from its remote "+
				"origin)",
		)
	}
}

// ledgerInUse is a ledger with whose ranges of it are the command's own.
type ledgerInUse struct {
	store  ledger.Store
	holder ledger.Holder
	// owner is who new entries belong to.
	owner string
	// nameOf names a file of the spec as entries do.
	nameOf func(file string) string
}

// openIfAny returns the ledger of a command that plans files; nil if none is named and none lies beside them.
func (o *ledgerOptions) openIfAny(files []string) (*ledgerInUse, error) {
	if o.url == "" {
		if _, err := os.Stat(besideSpec(files)); err != nil || !o.known {
			return nil, nil
		}
	}
	return o.open(files)
}

// open returns the ledger of a command: the one that is named, else the file beside the spec, which need not exist.
func (o *ledgerOptions) open(files []string) (*ledgerInUse, error) {
	url := cmp.Or(strings.TrimPrefix(o.url, "file:"), besideSpec(files))
	store, err := o.store(url)
	if err != nil {
		return nil, err
	}
	l := &ledgerInUse{store: store, owner: o.owner, holder: ledger.Holder{Owner: o.owner}}
	base := repositoryRoot(files)
	f, isFile := store.(*ledger.File)
	if isFile {
		base = filepath.Dir(f.Path())
	}
	l.nameOf = func(file string) string { return nameFrom(base, file) }
	for _, file := range files {
		l.holder.Specs = append(l.holder.Specs, l.nameOf(file))
	}
	if l.owner == "" {
		l.owner = repositoryName(base)
	}
	if !isFile {
		l.holder.Owner = l.owner
		if l.owner == "" && len(files) > 0 {
			return nil, cli.Usagef(
				"--owner is missing: others use %s too, and this folder is no clone of a repository with a "+
					"remote origin",
				store,
			)
		}
	}
	return l, nil
}

// store opens the store of a URL.
func (o *ledgerOptions) store(url string) (ledger.Store, error) {
	scheme, _, hasScheme := strings.Cut(url, "://")
	switch {
	case strings.HasPrefix(url, ledger.BlobScheme):
		options := ledger.BlobOptions{
			Endpoint: o.blobEndpoint, ConnectionString: os.Getenv("AZURE_STORAGE_CONNECTION_STRING"),
			Credential: apply.Options{}.TokenCredential,
		}
		store, err := ledger.NewBlob(url, options)
		if err != nil {
			return nil, cli.Usagef("--ledger: %w", err)
		}
		return store, nil
	case strings.HasPrefix(url, ledger.PoolScheme):
		store, err := ledger.NewPool(url, ledger.PoolOptions{Credential: apply.Options{}.TokenCredential})
		if err != nil {
			return nil, cli.Usagef("--ledger: %w", err)
		}
		return store, nil
	case hasScheme:
		return nil, cli.Usagef("--ledger is %q: %s:// is no store; expected a file, %sACCOUNT/CONTAINER/BLOB or "+
			"%sRESOURCE-ID",
			url, scheme, ledger.BlobScheme, ledger.PoolScheme)
	}
	return ledger.NewFile(url), nil
}

// besideSpec returns where the ledger of files lies: in the folder of the first one.
func besideSpec(files []string) string {
	if len(files) == 0 || files[0] == spec.Stdin {
		return ledger.FileName
	}
	return filepath.Join(filepath.Dir(files[0]), ledger.FileName)
}

// nameFrom names a file by its path from a folder, with slashes.
func nameFrom(base, file string) string {
	if file == spec.Stdin {
		return "-"
	}
	from, err := filepath.Abs(base)
	if err != nil {
		return filepath.ToSlash(file)
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	if resolved, err := filepath.EvalSymlinks(from); err == nil {
		from = resolved
	}
	if resolved, err := filepath.EvalSymlinks(filepath.Dir(to)); err == nil {
		to = filepath.Join(resolved, filepath.Base(to))
	}
	name, err := filepath.Rel(from, to)
	if err != nil {
		return filepath.ToSlash(to)
	}
	return filepath.ToSlash(name)
}

// claims returns the ranges of a plan as the ledger names them.
func (l *ledgerInUse) claims(p *plan.Plan) []ledger.Entry {
	claims := ledger.Planned(p, l.owner, func(path string) string {
		if file := p.Spec.Position(path).File; file != "" {
			return l.nameOf(file)
		}
		return l.holder.Specs[0]
	})
	if _, isPool := l.store.(*ledger.Pool); isPool {
		// A pool has addresses of networks; CIDRs of pods and Services lie outside it.
		claims = slices.DeleteFunc(claims, func(e ledger.Entry) bool {
			return e.Kind == ledger.PodCIDR || e.Kind == ledger.ServiceCIDR
		})
	}
	return claims
}

// mistakes prints what is wrong in a ledger and ends the command; other errors stay as they are.
func (l *ledgerInUse) mistakes(io cli.IO, err error) error {
	var m *ledger.MistakesError
	if !errors.As(err, &m) {
		return err
	}
	if err := printProblems(io, m.Problems); err != nil {
		return err
	}
	return cli.ErrFindings
}

// printConflicts says why ranges are not handed out, and ends the command.
func printConflicts(io cli.IO, conflicts []ledger.Conflict) error {
	for _, c := range conflicts {
		fmt.Fprintf(io.Err, "error: %s\n", c.Error())
	}
	fmt.Fprintln(io.Err, "aksnet: nothing was handed out")
	return cli.ErrFindings
}

// load reads the ledger.
func (l *ledgerInUse) load(ctx context.Context, io cli.IO) (*ledger.Ledger, error) {
	defer io.Step("reading the ledger").End()
	entries, err := l.store.Load(ctx)
	if err != nil {
		return nil, l.mistakes(io, err)
	}
	return entries, nil
}

// plan plans a spec around the ledger, if there is one, for a command that only reports on the plan.
func (o *ledgerOptions) plan(io cli.IO, s *spec.Spec) (*plan.Plan, error) {
	l, err := o.openIfAny(s.Files())
	if err != nil || l == nil {
		return buildPlan(io, s), err
	}
	entries, err := l.load(context.Background(), io)
	if err != nil {
		return nil, err
	}
	return buildPlanWith(io, s, plan.Options{Holdings: entries.Holdings(l.holder)}), nil
}
