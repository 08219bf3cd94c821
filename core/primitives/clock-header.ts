/** The header of every answer of the server that holds the database's clock, RFC 3339 in UTC. */
export const clockHeader = 'holdfast-clock';
