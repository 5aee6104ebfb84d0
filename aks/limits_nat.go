package aks

// NATPortsPerIP is how many SNAT ports one public IP of a NAT gateway gives.
// [PageNATGatewayResource] (text 2023-07-10, read 2026-11-22)
const NATPortsPerIP = 64512

// MaxNATPublicIPs is how many IPv4 public IPs a NAT gateway takes; StandardV2 takes as many of IPv6.
// [PageNATGatewaySKUs] (text 2026-07-27, read 2026-11-22)
const MaxNATPublicIPs = 16

// MaxNATSubnets is how many subnets, all of one VNet, a NAT gateway serves.
// [PageNATGatewaySKUs] (text 2026-07-27, read 2026-11-22)
const MaxNATSubnets = 800

// NATConnectionsPerDestination is how many connections a NAT gateway holds from one public IP to one destination.
// [PageNATGatewaySKUs] (text 2026-07-27, read 2026-11-22)
const NATConnectionsPerDestination = 50000

// NATConnections is how many connections a NAT gateway holds in all.
// [PageNATGatewaySKUs] (text 2026-07-27, read 2026-11-22)
const NATConnections = 2000000

// FirewallPortsPerIP is how many SNAT ports one public IP of Azure Firewall gives to each of its instances.
// [PageNATGateway] (text 2026-07-07, read 2026-11-28)
const FirewallPortsPerIP = 2496

// FirewallInstances is how many instances an Azure Firewall has at least.
// [PageNATGateway] (text 2026-07-07, read 2026-11-28)
const FirewallInstances = 2

// WindowsOutboundPorts is how many SNAT ports the OutboundNAT of Windows nodes has with a load balancer.
// [PageNATGateway] (read 2026-11-22)
const WindowsOutboundPorts = 64

// AdvisedFirewallIPs is how many public IPs a firewall in front of a production cluster should have.
// [PageFirewall] (read 2026-11-22)
const AdvisedFirewallIPs = 20
