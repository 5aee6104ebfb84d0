// Package ledger keeps the list of address ranges in use and who holds them, so that a range is handed out once.
//
// A [Ledger] is a value: entries in address order, read from and written to YAML. A [Store] keeps one: a file, a blob
// of Azure Storage, or a pool of Azure Virtual Network Manager. All changes of a plan are one write to the store, which
// takes place whole or not at all.
//
// An entry belongs to a [Holder]. What a holder has stays where it is when its spec is planned again; what others have
// is as good as reserved. Nothing in this package frees a range unless it is told to: a reservation that has expired
// still holds its range, and says so.
package ledger
