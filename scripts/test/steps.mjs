/**
 * Every step of `npm test`, in order. Steps of one `together` group run at the same time; the others run alone, because
 * they measure time limits or start servers. `needs` names the system programs, `engine` ones only when that engine runs. `counts` finds
 * the summary's words in the output; without it they are the last line.
 */
export const STEPS = [
  { name: 'types', about: 'TypeScript, no output', together: 'static', script: 'types' },
  { name: 'lint', about: 'ESLint', together: 'static', script: 'lint', counts: /\d+ problems? \(.*\)/g },
  { name: 'fences', about: 'imports only look down (dependency-cruiser)', together: 'static', script: 'fences' },
  {
    name: 'dead-exports',
    about: 'nothing unused is exported or depended on (knip)',
    together: 'static',
    script: 'dead-exports',
    counts: /^[A-Z][a-z ]+ \(\d+\)/gm,
  },
  { name: 'commits', about: 'commit messages', together: 'static', script: 'check-commits' },
  { name: 'contracts', about: 'generated contracts are current', script: 'check-contracts' },
  { name: 'unit', about: 'pure modules, no engine', vitestProject: 'unit' },
  { name: 'behaviour', about: 'through the door, on every engine', vitestProject: 'behaviour', needs: ['mariadb', 'redis', 'nginx', 'haproxy', 'caddy', 'apache', 'luasocket', 'mod_auth_openidc', 'mod_oauth2'] },
  { name: 'browser', about: 'in Chromium', vitestProject: 'browser', needs: ['mariadb', 'redis', 'chromium'] },
]
