#!/usr/bin/env bash
# Written by aksnet. Creates every resource, or updates it; running it again does not change what is already as planned.
# The resource groups must exist, and az must be signed in.
set -euo pipefail

