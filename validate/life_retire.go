package validate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// soon is the period before a retirement in which it is a warning instead of a note.
const soon = 365 * 24 * time.Hour

// retires reports a retirement. After the date the finding has the severity of the rule; within a year before it, the
// finding is at most a warning; before that, or when the date of the run is unknown, it is a note. A later date, such
// as that on which images are removed, is added to the sums.
func retires(p *Pass, path, what, id string) *Finding {
	r, ok := aks.RetirementByID(id)
	if !ok {
		return p.Reportf(path, "%s retires", what)
	}
	day, err := time.Parse(time.DateOnly, r.Date)
	f := p.Report(Finding{
		Path:    path,
		Message: fmt.Sprintf("%s: end of %s is %s", what, endOf(r), r.Date),
		Source:  r.Source.URL,
	})
	if images, ok := aks.RetirementByID(id + "-images"); ok {
		f.Sums = append(f.Sums, fmt.Sprintf("AKS removes its images on %s", images.Date))
	}
	switch {
	case err != nil || p.Today.IsZero():
		f.Severity = Note
	case !p.Today.Before(day):
		f.Message = fmt.Sprintf("%s: end of %s was %s", what, endOf(r), r.Date)
	case day.Sub(p.Today) <= soon:
		f.Severity = min(f.Severity, Warning)
	default:
		f.Severity = Note
	}
	return f
}

// endOf returns what ends, without the remarks after it.
func endOf(r aks.Retirement) string {
	what, _, _ := strings.Cut(r.What, ";")
	return what
}

// refusedWhenPast makes a finding an error once the date of another retirement is past, as Azure then rejects new uses.
func refusedWhenPast(p *Pass, f *Finding, id string) {
	if r, ok := aks.RetirementByID(id); ok && p.day() >= r.Date {
		f.Severity = Error
	}
}

var kubenetEnds = &Rule{
	ID:          "LIFE001",
	Title:       "kubenet retires",
	Severity:    Error,
	Also:        []Severity{Warning, Note},
	Explanation: "kubenet retires on 2028-03-31. A kubenet cluster can move to overlay in place, but cannot move back.",
	Source:      retirementPage("kubenet"),
	Fix:         "set model: overlay",
	Since:       "v0.1.0",
	Check:       checkKubenetEnds,
}

func checkKubenetEnds(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Model.Facts().OwnRouteTable {
			retires(p, c.Path+".model",
				fmt.Sprintf("cluster %q uses kubenet", c.Name), "kubenet").Edit = set(aks.Overlay)
		}
	}
}

var npmLinuxEnds = &Rule{
	ID:       "LIFE002",
	Title:    "azure policy engine retires on Linux nodes",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Azure Network Policy Manager retires on 2028-09-30 on Linux nodes. Network policy of Cilium replaces " +
		"it, which needs the Cilium data plane: both are set in one change. The data plane runs no Windows pools; a " +
		"cluster that has some moves its Linux pools to another cluster, or to policy calico.",
	Source: retirementPage("npm-linux"),
	Fix:    "set networkDataplane: cilium together with networkPolicy: cilium",
	Since:  "v0.1.0",
	Check:  checkNPMLinuxEnds,
}

func checkNPMLinuxEnds(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkPolicy == aks.PolicyAzure && c.HasOS(aks.Linux) {
			f := retires(p, c.Path+".networkPolicy", fmt.Sprintf("cluster %q has networkPolicy azure", c.Name), "npm-linux")
			f.Advice = p.rule.Fix
			if c.HasOS(aks.Windows) {
				f.Advice = "set networkPolicy: calico, because the Cilium data plane does not run the cluster's Windows pools"
			}
		}
	}
}

var npmWindowsEnds = &Rule{
	ID:       "LIFE003",
	Title:    "azure policy engine is retired on Windows nodes",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Azure Network Policy Manager retired on 2026-09-30 on Windows nodes and is no longer supported " +
		"there.",
	Source: retirementPage("npm-windows"),
	Fix:    "set networkPolicy: calico, or restrict traffic by security groups of the subnets",
	Since:  "v0.1.0",
	Check:  checkNPMWindowsEnds,
}

func checkNPMWindowsEnds(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.NetworkPolicy == aks.PolicyAzure && c.HasOS(aks.Windows) {
			retires(p, c.Path+".networkPolicy",
				fmt.Sprintf("cluster %q has networkPolicy azure on Windows nodes", c.Name),
				"npm-windows").Edit = set(aks.PolicyCalico)
		}
	}
}

// retiresSKU reports the pools whose OS image matches.
func retiresSKU(p *Pass, id string, use aks.OSSKU, is func(c *plan.Cluster, sku aks.OSSKU) bool) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if sku := pool.Spec.OSSKU; sku != "" && is(c, sku) {
			f := retires(p, pool.Path+".osSKU", fmt.Sprintf("pool %q has osSKU %s", pool.Name, sku), id)
			f.Edit = set(use)
			refusedWhenPast(p, f, id+"-images")
			refusedImage(p, f, sku)
		}
	})
}

// refusedImage makes a finding an error once AKS creates no more pools with an image.
func refusedImage(p *Pass, f *Finding, sku aks.OSSKU) {
	image, ok := aks.OSImageOf(sku)
	if !ok || image.Refused == "" || p.day() < image.Refused {
		return
	}
	f.Severity = Error
	f.Sums = append(f.Sums, fmt.Sprintf("AKS creates no more pools with it since %s", image.Refused))
}

var windows2019Ends = &Rule{
	ID:       "LIFE004",
	Title:    "Windows Server 2019 is retired",
	Severity: Warning,
	Also:     []Severity{Error, Note},
	Explanation: "Support for Windows Server 2019 pools ended on 2026-03-01. AKS removes the images on 2027-04-01, " +
		"after which the pools cannot scale up.",
	Source: retirementPage("windows-2019"),
	Fix:    "set osSKU: Windows2022",
	Since:  "v0.1.0",
	Check: func(p *Pass) {
		retiresSKU(p, "windows-2019", aks.Windows2022,
			func(_ *plan.Cluster, sku aks.OSSKU) bool { return sku == aks.Windows2019 })
	},
}

var windows2022Ends = &Rule{
	ID:       "LIFE005",
	Title:    "Windows Server 2022 retires",
	Severity: Warning,
	Also:     []Severity{Error, Note},
	Explanation: "Support for Windows Server 2022 pools ends on 2028-06-30, and AKS removes the images on " +
		"2029-06-30. Both dates were extended in June 2026.",
	Source: retirementPage("windows-2022"),
	Fix:    "set osSKU: Windows2025",
	Since:  "v0.1.0",
	Check: func(p *Pass) {
		retiresSKU(p, "windows-2022", aks.Windows2025,
			func(_ *plan.Cluster, sku aks.OSSKU) bool { return sku == aks.Windows2022 })
	},
}

var windowsAnnualEnds = &Rule{
	ID:       "LIFE006",
	Title:    "Windows Server Annual Channel is retired",
	Severity: Warning,
	Also:     []Severity{Error, Note},
	Explanation: "Support for the Windows Server Annual Channel ended on 2026-05-15. AKS has created no pools with it " +
		"since 2026-07-17, and removes its images on 2027-05-15.",
	Source: retirementPage("windows-annual"),
	Fix:    "set osSKU: Windows2022",
	Since:  "v0.1.0",
	Check: func(p *Pass) {
		retiresSKU(p, "windows-annual", aks.Windows2022,
			func(_ *plan.Cluster, sku aks.OSSKU) bool { return sku == aks.WindowsAnnual })
	},
}

var azureLinux2Ends = &Rule{
	ID:       "LIFE007",
	Title:    "Azure Linux 2 is retired",
	Severity: Warning,
	Also:     []Severity{Error, Note},
	Explanation: "Support for Azure Linux 2.0 ended on 2025-11-30, and AKS removed the images on 2026-03-31: pools " +
		"that use it cannot be created or scaled up. osSKU AzureLinux means version 2 on Kubernetes before 1.32, and " +
		"CBLMariner and Mariner are its old names.",
	Source: retirementPage("azure-linux-2"),
	Fix:    "set osSKU: AzureLinux3",
	Since:  "v0.1.0",
	Check:  checkAzureLinux2Ends,
}

func checkAzureLinux2Ends(p *Pass) {
	retiresSKU(p, "azure-linux-2", aks.AzureLinux3, func(c *plan.Cluster, sku aks.OSSKU) bool {
		return sku == aks.CBLMariner || sku == aks.Mariner ||
			sku == aks.AzureLinux && !c.Spec.KubernetesVersion.AtLeast(aks.AzureLinuxIs3Since)
	})
}

var ubuntu2204Ends = &Rule{
	ID:          "LIFE008",
	Title:       "Ubuntu 22.04 retires",
	Severity:    Warning,
	Also:        []Severity{Error, Note},
	Explanation: "Support for Ubuntu 22.04 nodes ends on 2027-06-30. AKS removes the images on 2028-04-30.",
	Source:      retirementPage("ubuntu-2204"),
	Fix:         "set osSKU: Ubuntu2404",
	Since:       "v0.1.0",
	Check: func(p *Pass) {
		retiresSKU(p, "ubuntu-2204", aks.Ubuntu2404,
			func(_ *plan.Cluster, sku aks.OSSKU) bool { return sku == aks.Ubuntu2204 })
	},
}

var flatcarEnded = &Rule{
	ID:       "LIFE036",
	Title:    "Flatcar Container Linux is retired",
	Severity: Error,
	Also:     []Severity{Warning, Note},
	Explanation: "AKS has created no pools with Flatcar since 2026-06-08, and removed its images on 2026-09-08. Nodes " +
		"cannot change from it in place: they need a new pool.",
	Source: aks.PageReleaseNotes,
	Fix:    "set osSKU: AzureLinux",
	Since:  "v0.1.0",
	Check: func(p *Pass) {
		retiresSKU(p, "flatcar", aks.AzureLinux,
			func(_ *plan.Cluster, sku aks.OSSKU) bool { return sku == aks.Flatcar })
	},
}

var fips2004Ends = &Rule{
	ID:       "LIFE035",
	Title:    "Ubuntu 20.04 with FIPS retires",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Before Kubernetes 1.35, pools of osSKU Ubuntu with enableFIPS run Ubuntu 20.04. It ends on " +
		"2027-03-17, and AKS deletes its images on that day.",
	Source: aks.PageOSVersions,
	Fix:    "set osSKU: AzureLinux, or upgrade kubernetesVersion",
	Since:  "v0.1.0",
	Check:  checkFIPS2004Ends,
}

func checkFIPS2004Ends(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		ubuntu := pool.OSType == aks.Linux && (pool.Spec.OSSKU == "" || pool.Spec.OSSKU == aks.Ubuntu)
		if pool.Spec.EnableFIPS && ubuntu && !c.Spec.KubernetesVersion.AtLeast(aks.UbuntuIs2404Since) {
			f := retires(p, pool.Path+".enableFIPS", fmt.Sprintf("pool %q runs Ubuntu 20.04 with FIPS", pool.Name),
				"ubuntu-2004-fips")
			f.Edit = setAt(pool.Path+".osSKU", aks.AzureLinux)
		}
	})
}

var basicBalancerEnded = &Rule{
	ID:       "LIFE009",
	Title:    "Basic load balancer is retired",
	Severity: Error,
	Also:     []Severity{Warning, Note},
	Explanation: "The Basic load balancer retired on 2025-09-30. AKS has not created clusters with it since " +
		"2025-03-31.",
	Source: retirementPage("basic-load-balancer"),
	Fix:    "set loadBalancerSku: standard",
	Since:  "v0.1.0",
	Check:  checkBasicBalancerEnded,
}

func checkBasicBalancerEnded(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.LoadBalancerSKU == aks.LoadBalancerBasic {
			retires(p, c.Path+".loadBalancerSku", fmt.Sprintf("cluster %q has a Basic load balancer", c.Name),
				"basic-load-balancer").Edit = set(aks.LoadBalancerStandard)
		}
	}
}

var availabilitySetsEnded = &Rule{
	ID:       "LIFE010",
	Title:    "availability sets are retired",
	Severity: Error,
	Also:     []Severity{Warning, Note},
	Explanation: "Node pools of type AvailabilitySet retired on 2025-09-30. Neither overlay nor any outbound type " +
		"other than the default ever supported them.",
	Source: retirementPage("availability-sets"),
	Fix:    "set type: VirtualMachineScaleSets",
	Since:  "v0.1.0",
	Check:  checkAvailabilitySetsEnded,
}

func checkAvailabilitySetsEnded(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.Type == aks.AvailabilitySet {
			retires(p, pool.Path+".type",
				fmt.Sprintf("pool %q is an availability set", pool.Name), "availability-sets").Edit = set(aks.ScaleSets)
		}
	})
}

var appRoutingNGINXEnds = &Rule{
	ID:       "LIFE011",
	Title:    "NGINX of the application routing add-on retires",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Upstream ingress-nginx ended in March 2026, and Microsoft's security patches for the NGINX of the " +
		"application routing add-on end in November 2026. The Gateway API of the same add-on replaces it.",
	Source: retirementPage("app-routing-nginx"),
	Fix:    "use appRoutingGatewayAPI in ingress",
	Since:  "v0.1.0",
	Check:  checkAppRoutingNGINXEnds,
}

func checkAppRoutingNGINXEnds(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if i := slices.Index(c.Spec.Ingress, aks.IngressAppRoutingNginx); i >= 0 {
			retires(p, indexed(c.Path+".ingress", i),
				fmt.Sprintf("cluster %q uses the NGINX of application routing", c.Name),
				"app-routing-nginx").Edit = set(aks.IngressAppRoutingGatewayAPI)
		}
	}
}

var serviceMeshEnds = &Rule{
	ID:          "LIFE012",
	Title:       "Open Service Mesh add-on retires",
	Severity:    Warning,
	Also:        []Severity{Note},
	Explanation: "The Open Service Mesh add-on retires on 2027-09-30. The Istio add-on replaces it.",
	Source:      retirementPage("open-service-mesh"),
	Fix:         "set openServiceMesh: false, and use the Istio add-on",
	Since:       "v0.1.0",
	Check:       checkServiceMeshEnds,
}

func checkServiceMeshEnds(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.OpenServiceMesh {
			retires(p, c.Path+".openServiceMesh", fmt.Sprintf("cluster %q has the Open Service Mesh add-on", c.Name),
				"open-service-mesh").Edit = set(false)
		}
	}
}

var defaultOutboundEnds = &Rule{
	ID:       "LIFE013",
	Title:    "default outbound access is retired",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Azure's default outbound access for machines without explicit egress ended for new networks on " +
		"2026-03-31. AKS has disabled it in the networks it manages since September 2025, and does not change your " +
		"own networks. Workloads that rely on it break when you recreate the subnet.",
	Source: retirementPage("default-outbound-access"),
	Fix:    "set defaultOutboundAccess: false, and give the subnet explicit egress",
	Since:  "v0.1.0",
	Check:  checkDefaultOutboundEnds,
}

func checkDefaultOutboundEnds(p *Pass) {
	for i, v := range p.Spec.VNets {
		for j, s := range v.Subnets {
			if s.DefaultOutboundAccess != nil && *s.DefaultOutboundAccess {
				retires(p, indexed(indexed("vnets", i)+".subnets", j)+".defaultOutboundAccess",
					fmt.Sprintf("subnet %q has default outbound access", s.Name),
					"default-outbound-access").Edit = set(false)
			}
		}
	}
}

var defenderChinaEnds = &Rule{
	ID:       "LIFE034",
	Title:    "Defender for Containers in Azure operated by 21Vianet",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Microsoft ended Defender for Containers in Azure operated by 21Vianet. Its endpoints need not be " +
		"reached any longer.",
	Source: aks.PageEgressRules,
	Fix:    "remove defender from addOns",
	Since:  "v0.1.0",
	Check:  checkDefenderChinaEnds,
}

func checkDefenderChinaEnds(p *Pass) {
	p.eachAddOn(func(c *plan.Cluster, addOn aks.AddOn, path string) {
		if addOn == aks.AddOnDefender && c.Cloud() == aks.CloudChina {
			retires(p, path, fmt.Sprintf("add-on %s of cluster %q", addOn, c.Name), "defender-china")
		}
	})
}
