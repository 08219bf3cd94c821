import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseLaunchOptions } from '../../../electron/main/launch-options.ts';

describe('how a desk is started', () => {
  it('leaves the switches of Chromium alone, and finds the renderer beside it', () => {
    const argv = [
      'electron',
      'main.js',
      '--no-sandbox',
      '--kiosk',
      '--data-dir=data',
      '--server-url=https://desk.test',
    ];
    expect(parseLaunchOptions(argv, '/app/out/desk/main')).toEqual({
      serverUrl: 'https://desk.test',
      hostEntry: path.resolve('/app/out/desk/main/host/serve-hosted.js'),
      dataDir: path.resolve('data'),
      rendererDir: path.resolve('/app/out/renderer'),
      kiosk: true,
    });
  });

  it('takes nothing from an address that the system hands over', () => {
    const argv = ['electron', 'main.js', 'https://evil.test/?--kiosk', '--kiosk-printing', '--x--data-dir=/tmp'];
    expect(parseLaunchOptions(argv, '/app/out/desk/main')).toMatchObject({ kiosk: false, dataDir: null });
  });
});
