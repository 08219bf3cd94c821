import type { Resolution } from '../../core/contract/desk/outbox-entry.ts';
import { ask } from '../api/desk.ts';

/**
 * Takes a refusal out of the tray, with what followed it. What the desk never kept is not there, and that is right too; where
 * the desk does not take it, the refusal stays in the tray.
 */
export async function resolveRefusal(commandId: string, as: Resolution): Promise<void> {
  await ask('resolveRefusal', { commandId, as }).catch(() => {});
}
