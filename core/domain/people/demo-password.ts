/** The password of a demo user. Everybody may read it: the demo clinic holds invented people alone. */
export const demoPasswordOf = (username: string): string => `demo-${username}`;
