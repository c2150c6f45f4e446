import type { KyselyPlugin } from 'kysely';
import type { Disk } from '../../base/disk.ts';
import type { Opener } from '../../platform/intake/opener.ts';
import type { Store } from '../../platform/store/store.ts';
import type { Life } from './death.ts';

const WRITES: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);

/** The platform's store as one run sees it: each write and each commit is a point where it may die. */
export function mortalStore(store: Store, life: Life): Store {
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (WRITES.has(node.kind)) life.before(node.kind);
      else life.check();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const db = store.db.withPlugin(plugin);
  return {
    kind: store.kind,
    db,
    many: {
      ...store.many,
      insert(tx, into, rows) {
        life.before('InsertQueryNode');
        return store.many.insert(tx, into, rows);
      },
    },
    async transaction(work) {
      const value = await db.transaction().execute(async (tx) => {
        const made = await work(tx);
        life.before('commit');
        return made;
      });
      life.after('commit');
      return value;
    },
    close: () => store.close(),
  };
}

/** A disk that a dead run cannot write. */
export function mortalDisk(disk: Disk, life: Life): Disk {
  return {
    ...disk,
    appendDurably: (path, bytes) => life.point('append', () => disk.appendDurably(path, bytes)),
    writeDurably: (path, bytes) => life.point('write', () => disk.writeDurably(path, bytes)),
    rename: (from, to) => life.point('rename', () => disk.rename(from, to)),
    remove: (path) => life.point('remove', () => disk.remove(path)),
  };
}

/** The store as a gateway sees it that is not alone: before and after each transaction others may come first. */
export function laggingStore(store: Store, lag: () => Promise<void>): Store {
  return {
    ...store,
    async transaction(work) {
      await lag();
      const value = await store.transaction(work);
      await lag();
      return value;
    },
  };
}

/** An opener whose threads have other work too. */
export function laggingOpener(opener: Opener, lag: () => Promise<void>): Opener {
  return {
    ...opener,
    async open(tasks) {
      await lag();
      return opener.open(tasks);
    },
  };
}
