#!/usr/bin/env bash
# Written by aksnet. Sends every resource whole; running it again changes nothing that is as it should be.
# The resource groups must be there, and az signed in.
set -euo pipefail

