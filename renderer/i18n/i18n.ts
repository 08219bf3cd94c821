import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  // React escapes the values.
  interpolation: { escapeValue: false },
});
