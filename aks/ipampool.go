package aks

// TypeIPAMPool is the resource type of the IPAM pools of Azure Virtual Network Manager.
// [PageIPAM] (text 2026-01-09, read 2026-11-29)
const TypeIPAMPool = "Microsoft.Network/networkManagers/ipamPools"

// A network or subnet takes addresses from a pool by one allocation: the id of the pool and a number of addresses, as a
// text. The number need not be a power of two, and Azure then answers with several prefixes. A network has one IPv4
// pool and one IPv6 pool at most, either pools or prefixes, and its subnets take from its pools only; more space is a
// larger number. The pool must be in a subscription that the network's can read, and several requests for one network
// at once can give it addresses twice.
// [PageIPAMRules] (API version 2025-09-01, text 2026-08-21, read 2026-11-29), [PageIPAM] (text 2024-10-02 and
// 2026-01-09, read 2026-11-29)

// CodeMixedPoolAndPrefix is Azure's answer to a network or subnet with both prefixes and an allocation of a pool.
const CodeMixedPoolAndPrefix = "CannotMixAddressPrefixAndPoolInPayload"
