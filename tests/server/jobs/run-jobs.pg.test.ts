import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { expect, it } from 'vitest';

import { defineJob, type Job } from '../../../server/jobs/job.ts';
import { makeManualClock } from '../../builders/manual-clock.ts';
import { request, withServers } from '../../builders/server.ts';

const { admin, database, logged, start } = await withServers();
const startsAt = '2031-03-02T08:00:00Z';
const minutes = 60_000;

const rowOf = async (name: string) =>
  (await admin<{ claimed_by: string | null; failures: number }[]>`select * from jobs where name = ${name}`)[0];

/** A job that notes who ran it. */
const noting = (name: string, ran: string[], who = 'ran'): Job =>
  defineJob({ name, everyMinutes: 60, run: async ({ goOn }) => goOn().then(() => void ran.push(who)) });

it('two servers run one turn of a job, and the next one an hour later', async () => {
  const clock = makeManualClock(startsAt);
  const ran: string[] = [];
  const servers = await Promise.all(['a', 'b'].map((who) => start({ clock, jobs: [noting('shared', ran, who)] })));
  await clock.advance(0);
  expect(ran).toHaveLength(1);
  await clock.advance(59 * minutes);
  expect(ran).toHaveLength(1);
  await clock.advance(minutes);
  expect(ran).toHaveLength(2);
  await Promise.all(servers.map((server) => server.close()));
});

it('a job that fails is told of without a word of its own, tried again later, and stops neither the others nor the server', async () => {
  const clock = makeManualClock(startsAt);
  const ran: string[] = [];
  let failing = true;
  const fails = defineJob({
    name: 'fails',
    everyMinutes: 60,
    async run() {
      ran.push('fails');
      if (failing) throw new Error('Anna Müller was born on 1980-03-07');
    },
  });
  const server = await start({ clock, jobs: [fails, noting('after-it', ran)] });
  await clock.advance(0);
  expect(ran).toEqual(['fails', 'ran']);
  expect(logged.join('')).toContain('"job":"fails"');
  expect(logged.join('')).not.toContain('Anna');
  // After one minute, then after two.
  await clock.advance(minutes);
  await clock.advance(minutes);
  expect(ran).toEqual(['fails', 'ran', 'fails']);
  failing = false;
  await clock.advance(minutes);
  expect(await rowOf('fails')).toMatchObject({ failures: 0, claimed_by: null });
  await clock.advance(minutes);
  expect(ran.filter((who) => who === 'fails')).toHaveLength(3);

  const { status, body } = await request(server, 'GET', '/metrics');
  expect(status).toBe(200);
  expect(body).toContain('holdfast_job_runs_total{job="fails",result="failed"} 2');
  expect(body).toContain('holdfast_job_runs_total{job="fails",result="done"} 1');
  const lastSuccess = Date.parse(startsAt) / 1000 + 3 * 60;
  expect(body).toContain(`holdfast_job_last_success_timestamp_seconds{job="fails"} ${lastSuccess}`);
  await server.close();
});

it('close waits for the batch under way and gives the turn back, so that another server goes on at once', async () => {
  const clock = makeManualClock(startsAt);
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const batches: number[] = [];
  const slow = defineJob({
    name: 'slow',
    everyMinutes: 60,
    async run({ goOn }) {
      for (const batch of [1, 2]) {
        await goOn();
        begun.resolve();
        await end.promise;
        batches.push(batch);
      }
    },
  });
  const server = await start({ clock, jobs: [slow] });
  void clock.advance(0);
  await begun.promise;
  let isClosed = false;
  const closed = server.close().finally(() => {
    isClosed = true;
  });
  await expect(request(server, 'GET', '/health/live')).rejects.toThrow('fetch failed');
  expect(isClosed).toBe(false);
  end.resolve();
  await closed;
  expect(batches).toEqual([1]);

  const next = makeManualClock(startsAt);
  const other = await start({ clock: next, jobs: [slow] });
  await next.advance(0);
  expect(batches).toEqual([1, 1, 2]);
  await other.close();
});

it('the job of a server that was killed is taken over when its claim has ended', async () => {
  const child = fork(path.join(import.meta.dirname, 'hanging-server-in-child.ts'), [database.databaseUrl]);
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const clock = makeManualClock(new Date().toISOString());
  const ran: string[] = [];
  const server = await start({ clock, jobs: [noting('hangs', ran)] });
  await clock.advance(0);
  expect(ran).toEqual([]);
  await clock.advance(3 * minutes);
  expect(ran).toEqual(['ran']);
  await server.close();
});

it('a server that hung for longer than its claim neither goes on nor ends the turn of the one that took over', async () => {
  const clock = makeManualClock(startsAt);
  const [begun, wake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ran: string[] = [];
  const hangs = defineJob({
    name: 'hangs-a-while',
    everyMinutes: 60,
    async run({ goOn }) {
      begun.resolve();
      await wake.promise;
      await goOn();
      ran.push('hung');
    },
  });
  const first = await start({ clock, jobs: [hangs] });
  const looked = clock.advance(0);
  await begun.promise;

  const later = makeManualClock('2031-03-02T08:03:00Z');
  const [taken, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const takesOver = defineJob({
    name: 'hangs-a-while',
    everyMinutes: 60,
    run: () => {
      taken.resolve();
      return end.promise;
    },
  });
  const second = await start({ clock: later, jobs: [takesOver] });
  const ended = later.advance(0);
  await taken.promise;
  wake.resolve();
  await looked;
  expect(ran).toEqual([]);
  expect(await rowOf('hangs-a-while')).toMatchObject({ claimed_by: expect.any(String) as string });
  end.resolve();
  await ended;
  expect(await rowOf('hangs-a-while')).toMatchObject({ claimed_by: null, failures: 0 });
  await Promise.all([first.close(), second.close()]);
});
