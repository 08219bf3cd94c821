import { existsSync } from 'node:fs';

import { runTool } from './run-tool.ts';

/** Installs packages as root on Debian, and does nothing elsewhere. A package that cannot be installed stays missing. */
export async function installDebianPackages(names: readonly string[]): Promise<void> {
  if (names.length === 0 || !existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  console.error(`Installing ${names.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runTool('apt-get', ['update', '-qq'], { env, capture: true, timeoutSeconds: 180 });
  const flags = ['install', '-y', '-qq', '--no-install-recommends'];
  // One call for each package: apt-get installs none of a list with one name that this Debian does not know.
  for (const name of names) {
    const { code } = await runTool('apt-get', [...flags, name], { env, capture: true, timeoutSeconds: 400 });
    if (code !== 0) console.error(`apt-get could not install ${name}.`);
  }
}
