import type { Manifest } from '../operator/api/manifest.ts';
import { isInvalid, messageOf } from '../operator/kube/errors.ts';
import { UsageError } from './exit.ts';
import { resourceOf } from './follow.ts';
import { type Followed, isFinished } from './followed.ts';
import type { Session } from './session.ts';

/**
 * Server-side apply, as kubectl would: an object that is there already with the same spec is only followed.
 * @param stop ends the work between two objects; what is not applied by then is left out
 * @throws UsageError when the server refuses one, with what was applied before it
 */
export async function applyAll(
  { client, namespace }: Pick<Session, 'client' | 'namespace'>,
  objects: Manifest[],
  stop: AbortSignal,
): Promise<Followed[]> {
  const applied: Followed[] = [];
  for (const object of objects) {
    if (stop.aborted) break;
    const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? namespace };
    try {
      applied.push(
        await client.patch<Followed>(
          resourceOf(object.kind),
          metadata,
          { ...object, metadata },
          { type: 'apply', fieldManager: 'assay', force: true, fieldValidation: 'Strict' },
        ),
      );
    } catch (error) {
      throw new UsageError([messageOf(error), ...adviceOn(error, object), ...leftRunning(applied)].join('\n'), { cause: error });
    }
  }
  return applied;
}

/** What to tell of an object that had ended before this command: its results are those of an earlier run. */
export function earlierRun(object: Followed): string | undefined {
  if (!isFinished(object)) return undefined;
  const { kind, metadata, status } = object;
  return (
    `${kind} ${metadata.name} ran before with the same spec (${status?.phase}, created ${metadata.creationTimestamp}); these are its results. ` +
    `To run it again, delete it or give it another name.`
  );
}

function adviceOn(error: unknown, { kind, metadata: { name } }: Manifest): string[] {
  return isInvalid(error) ? [`If ${kind} ${name} exists with another spec, delete it or give this one another name.`] : [];
}

function leftRunning(applied: readonly Followed[]): string[] {
  const names = applied.map(({ kind, metadata: { name } }) => `${kind} ${name}`).join(', ');
  return names === '' ? [] : [`Applied before it, and not stopped: ${names}`];
}
