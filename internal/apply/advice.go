package apply

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/aks"
)

// denied matches Azure's messages on missing permissions, and otherTenant that on a token of another tenant.
var (
	denied = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`action '([^']+)' (?:over scope|on the linked scope\(s\)) '([^']+)'`)
	})
	otherTenant = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`must match the tenant '[^']*/([0-9a-fA-F-]{36})/?'`)
	})
)

// advice returns what to do about an answer that concerns the identity or the subscription, in place of Azure's
// message; empty for other answers.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (read 2026-11-29)
func (f *Failure) advice() string {
	switch {
	case f.has(codesOfPermission()...):
		return f.permission()
	case f.has("InvalidAuthenticationTokenTenant"):
		login := "az login --tenant with the tenant of the subscription"
		if m := otherTenant().FindStringSubmatch(f.Message); m != nil {
			login = "az login --tenant " + m[1]
		}
		return "you are signed in to another tenant than that of the subscription: run " + login +
			", or set AZURE_TENANT_ID"
	case f.has("ExpiredAuthenticationToken"):
		return "the session has expired: run az login"
	case f.has("InvalidAuthenticationTokenAudience"):
		return "the token is for another cloud: check --cloud, and --arm-audience of a custom cloud"
	case f.has("InvalidAuthenticationToken", "AuthenticationFailed"):
		return "the token is not accepted here: check --cloud, and run az login"
	case f.has("SubscriptionNotFound", "InvalidSubscriptionId"):
		return "there is no such subscription for you: check --subscription, the tenant (az account list shows both), " +
			"and --cloud"
	}
	return ""
}

// about adds to an error what it happened to, unless the same would happen to everything else: resources are read side
// by side, and which one meets the error first is chance.
func about(what string, err error) error {
	var f *Failure
	general := errors.As(err, new(*SignInError)) || errors.As(err, new(unreachable)) ||
		errors.As(err, &f) && f.advice() != "" && !f.has(codesOfPermission()...)
	if general {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}

func codesOfPermission() []string {
	return []string{aks.CodeAuthorizationFailed, aks.CodeLinkedAuthorizationFailed}
}

// permission returns which role is missing, and where.
func (f *Failure) permission() string {
	m := denied().FindStringSubmatch(f.Message)
	if m == nil {
		return ""
	}
	action, scope := m[1], roleScope(m[2])
	role := "a role that allows it"
	if name := aks.RoleFor(action); name != "" {
		role = "the role " + name
	}
	return fmt.Sprintf("you may not perform %s: assign %s on %s (a new assignment takes up to %s)", action, role, scope,
		aks.RoleDelay)
}

// roleScope returns the resource group of a resource, to which a role is usually assigned.
func roleScope(id string) string {
	parts := strings.Split(id, "/")
	if len(parts) > 5 && strings.EqualFold(parts[3], "resourceGroups") {
		return strings.Join(parts[:5], "/")
	}
	return id
}
