// Package aks holds what Azure Kubernetes Service and the Azure network promise, as tables: network models, limits,
// defaults, forbidden ranges, subnet kinds, names, capabilities, retirements, egress needs and error codes.
//
// Every row and every constant names the page it comes from and the day that page was read. The package looks things up
// and does nothing else: it knows no plan, allocates no address and judges nobody. Tables are handed out as fresh
// copies, in a fixed order, so a caller may sort or trim them without harm to the next one. Nothing is built at
// start-up.
//
// Where two pages disagree the table carries the safer value, and Contradictions says what the other one was.
package aks
