import type { Resolution } from '../../core/contract/desk/outbox-entry.ts';
import { ask } from '../api/desk.ts';

/**
 * Removes a refusal from the tray, with its followers. A refusal that the desk never kept needs no removal. Where the desk
 * does not accept the call, the refusal stays in the tray.
 */
export async function resolveRefusal(commandId: string, as: Resolution): Promise<void> {
  await ask('resolveRefusal', { commandId, as }).catch(() => {});
}
