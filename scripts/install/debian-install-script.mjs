/** Debian's own way to say that an installation must not start services (policy-rc.d, exit status 101). */
const POLICY_FILE = '/usr/sbin/policy-rc.d'
/** Another installation may hold the package database for a while; waiting is better than failing. */
const LOCK_TIMEOUT_SECONDS = 600

/**
 * A shell script for root that installs packages and starts none of their services: the tests start their own, on ports
 * and data of their own. A policy that the machine already has stays as it is.
 */
export function debianInstallScript(packages) {
  return `
set -eu
if [ ! -e ${POLICY_FILE} ]; then
  trap 'rm -f ${POLICY_FILE}' EXIT INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > ${POLICY_FILE}
  chmod 755 ${POLICY_FILE}
fi
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt-get -o DPkg::Lock::Timeout=${LOCK_TIMEOUT_SECONDS} update
apt-get -o DPkg::Lock::Timeout=${LOCK_TIMEOUT_SECONDS} install -y --no-install-recommends ${packages.join(' ')}
`
}
