/**
 * Writes and reads as text what goes between preload and main. Both ends run this function (the page gets its source), so it
 * may use nothing from outside itself. It refuses what the structured clone algorithm refuses, in the same words. It also
 * refuses an instance of a class, of which Electron would drop the prototype silently.
 */
export function makeWire() {
  type Wire = null | boolean | number | string | readonly Wire[] | { readonly is: string; readonly of?: unknown };

  const refuse = () => {
    throw new Error('An object could not be cloned.');
  };
  const isPlain = (value: object) => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  };

  function toWire(value: unknown): Wire {
    if (value === undefined) return { is: 'undefined' };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { is: 'number', of: String(value) };
    if (typeof value === 'bigint') return { is: 'bigint', of: String(value) };
    if (Array.isArray(value)) return value.map(toWire);
    if (value instanceof Date) return { is: 'date', of: value.getTime() };
    if (typeof value === 'object' && isPlain(value)) {
      return { is: 'object', of: Object.entries(value).map(([key, each]) => [key, toWire(each)]) };
    }
    return refuse();
  }

  function fromWire(wire: Wire): unknown {
    if (wire === null || typeof wire !== 'object') return wire;
    if (Array.isArray(wire)) return wire.map(fromWire);
    const { is, of } = wire as { is: string; of: never };
    if (is === 'undefined') return undefined;
    if (is === 'number') return Number(of);
    if (is === 'bigint') return BigInt(of);
    if (is === 'date') return new Date(of);
    return Object.fromEntries((of as [string, Wire][]).map(([key, each]) => [key, fromWire(each)]));
  }

  return {
    encode: (value: unknown): string => JSON.stringify(toWire(value)),
    decode: (text: string): unknown => fromWire(JSON.parse(text) as Wire),
  };
}
