interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

const mostIssues = 50;

/**
 * What is wrong with an input, one line for each place: where (`body.slotStarts.0`) and what to do. Takes zod's issues;
 * an unknown field is named itself, not only the object that it is in.
 */
export function inputIssues(issues: readonly SchemaIssue[]): InputIssue[] {
  return issues
    .flatMap((issue): InputIssue[] => {
      const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
      if ('code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys)) {
        return issue.keys.map((key: unknown) => ({
          path: [...path, String(key)].join('.').slice(0, 200),
          message: 'There is no such field here. Leave it out.',
        }));
      }
      return [{ path: path.join('.'), message: advice(issue.message) }];
    })
    .slice(0, mostIssues);
}

/** zod says what it found; a person wants to know what to give. The contract's own messages pass as they are. */
function advice(message: string): string {
  const wrongType = /^Invalid input: expected (.+), received (.+)$/.exec(message);
  if (wrongType) {
    return wrongType[2] === 'undefined'
      ? `This is missing. Give a value: ${wrongType[1]}.`
      : `Give a value of type ${wrongType[1]}, not ${wrongType[2]}.`;
  }
  const wrongValue = /^Invalid input: expected (.+)$/.exec(message);
  if (wrongValue) return `Give ${wrongValue[1]}.`;
  if (message === 'Invalid UUID') return 'Give an id: a UUID such as 019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071.';
  return message;
}
