/**
 * An error that a person can act on: its message is one line that says what is wrong and what to do. Commands print it
 * without a stack. It never holds a password or a patient's data.
 */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}
