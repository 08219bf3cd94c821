import { keysOfTables, type Target } from './target.ts';

type Table = keyof typeof keysOfTables;

/** Every way in which one statement writes, against one table: the rows of the clinic are deleted, moved, doubled. */
function writesTo(table: Table, { clinic, other }: Target): Readonly<Record<string, string>> {
  const name = `holdfast.${table}`;
  const ours = `org_id = '${clinic.orgId}'`;
  const copy = `insert into ${name} overriding system value select * from ${name} where ${ours}`;
  const remove = `delete from ${name} where ${ours}`;
  return {
    delete: remove,
    'delete in a CTE': `with gone as (${remove} returning org_id) select count(*) from gone`,
    'delete by MERGE': `merge into ${name} t using (select 1) one on t.${ours} when matched then delete`,
    'delete at a cursor': `declare c cursor for select * from ${name} where ${ours} for update; fetch c; delete from ${name} where current of c`,
    'update at a cursor': `declare c cursor for select * from ${name} where ${ours} for update; fetch c; update ${name} set org_id = '${other.orgId}' where current of c`,
    'delete by a prepared statement': `prepare p as ${remove}; execute p; deallocate p`,
    'delete between savepoints': `savepoint s; ${remove}; release s`,
    'delete, go back and delete again': `savepoint s; ${remove}; rollback to s; ${remove}`,
    'delete with constraints deferred': `set constraints all deferred; ${remove}`,
    'delete in a DO block': `do $$ begin ${remove}; end $$`,
    truncate: `truncate ${name}`,
    'truncate with what refers to it': `truncate ${name} restart identity cascade`,
    'give to another organization': `update ${name} set org_id = '${other.orgId}' where ${ours}`,
    'give away by a join': `update ${name} t set org_id = o.org_id from holdfast.organizations o where t.${ours} and o.org_id = '${other.orgId}'`,
    'give away by MERGE': `merge into ${name} t using (select 1) one on t.${ours} when matched then update set org_id = '${other.orgId}'`,
    'write as they are': `update ${name} set org_id = org_id where ${ours}`,
    'insert again': copy,
    'insert again where there is room': `${copy} on conflict do nothing`,
    'insert over': `${copy} on conflict on constraint ${keysOfTables[table]} do update set org_id = '${other.orgId}'`,
    'insert without an organization': `insert into ${name} (org_id) values (null)`,
    'copy in from a program': `copy ${name} from program 'true'`,
    'delete as a replica': `set local session_replication_role = replica; ${remove}`,
  };
}

/** `[table, way, text]` for each table and each way. */
export function writesToEveryTable(target: Target): [table: Table, way: string, text: string][] {
  return (Object.keys(keysOfTables) as Table[]).flatMap((table) =>
    Object.entries(writesTo(table, target)).map(([way, text]): [Table, string, string] => [table, way, text]),
  );
}
