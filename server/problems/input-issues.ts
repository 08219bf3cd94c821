import type { Problem } from '../../core/contract/problem.ts';
import { problem } from './problems.ts';

interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

interface InputIssue {
  readonly path: string;
  readonly message: string;
}

const maxIssues = 50;

/**
 * Turns zod's issues into what a caller is told: for each place in the input its path (`body.slotStarts.0`) and what to do,
 * at most 50. The path of an unknown field ends in the field's name. Where a value may have several forms, the issues are
 * those of the form with the fewest.
 */
function inputIssues(issues: readonly SchemaIssue[], within: readonly string[] = []): InputIssue[] {
  return issues
    .flatMap((issue): InputIssue[] => {
      const path = [...within, ...(issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))];
      const code = 'code' in issue ? issue.code : undefined;
      if (code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys)) {
        return issue.keys.map((key: unknown) => ({
          path: [...path, String(key)].join('.').slice(0, 200),
          message: 'There is no such field here. Leave it out.',
        }));
      }
      if (code === 'invalid_union' && 'errors' in issue && Array.isArray(issue.errors)) {
        const forms = (issue.errors as readonly (readonly SchemaIssue[])[]).map((form) => inputIssues(form, path));
        const [nearest] = forms.toSorted((a, b) => a.length - b.length);
        if (nearest) return nearest;
      }
      return [{ path: path.join('.'), message: advice(issue.message) }];
    })
    .slice(0, maxIssues);
}

/** The problem for an input that a schema refused. */
export function invalidInput(of: readonly SchemaIssue[]): Problem {
  const issues = inputIssues(of);
  const places = issues.map(({ path }) => path || 'the request').join(', ');
  return problem('invalid-input', `Correct these and send it again: ${places}.`, { issues });
}

/** Turns zod's message, which says what it found, into what to give. The contract's own messages pass unchanged. */
function advice(message: string): string {
  const wrongType = /^Invalid input: expected (.+), received (.+)$/.exec(message);
  if (wrongType) {
    return wrongType[2] === 'undefined'
      ? `This is missing. Give a value: ${wrongType[1]}.`
      : `Give a value of type ${wrongType[1]}, not ${wrongType[2]}.`;
  }
  const wrongValue = /^Invalid (?:input|option): expected (.+)$/.exec(message);
  if (wrongValue) return `Give ${wrongValue[1]}.`;
  if (message === 'Invalid UUID') return 'Give an id: a UUID such as 019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071.';
  return message;
}
