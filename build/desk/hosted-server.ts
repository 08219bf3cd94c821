import { serveHosted } from '../../server/host/serve-hosted.ts';
import { berlin } from '../demo/clinic-plan.ts';
import { demoUsers } from '../demo/demo-users.ts';
import { seedDemo } from '../demo/seed-demo.ts';

// The entry of the process that hosts a desk's server: server/host, with the demo clinic as its seed.
const receptionist = demoUsers.find(({ role }) => role === 'receptionist');
serveHosted({
  seed: seedDemo,
  firstSignIn: receptionist ? { username: receptionist.username, password: receptionist.password } : null,
  country: berlin.country,
});
