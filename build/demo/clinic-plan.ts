/**
 * The demo organization as a person would describe it: two sites in two zones. Berlin changes its clocks. Kolkata does not,
 * and its offset is no whole number of hours.
 */
export const organizationName = 'Seawall Family Practice (demo)';

export const berlin = { name: 'Seawall Berlin', timeZone: 'Europe/Berlin', country: 'DE' } as const;
export const kolkata = { name: 'Seawall Kolkata', timeZone: 'Asia/Kolkata', country: 'IN' } as const;
export const sites = [berlin, kolkata] as const;
export type SiteName = (typeof sites)[number]['name'];

/** Wall-clock hours on ISO weekdays (Monday is 1). */
export interface Hours {
  readonly site: SiteName;
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly until: string;
}

const at = (site: { readonly name: SiteName }, weekdays: readonly number[], ...stretches: readonly string[]): Hours[] =>
  stretches.map((stretch) => {
    const [from = '', until = ''] = stretch.split('-');
    return { site: site.name, weekdays, from, until };
  });

/** The hours in which rooms and equipment can be booked. */
export const openingHours: readonly Hours[] = sites.flatMap((site) => [
  ...at(site, [1, 2, 3, 4, 5], '08:00-18:00'),
  ...at(site, [6], '09:00-13:00'),
  ...at(site, [7], '10:00-13:00'),
]);

const early = ['08:00-12:00', '12:30-15:30'] as const;
const day = ['08:00-12:00', '13:00-17:00'] as const;
const middle = ['09:00-12:30', '13:15-17:00'] as const;
const late = ['10:00-13:30', '14:15-18:00'] as const;
const morning = '08:00-12:00';
const saturday = '09:00-13:00';
/** Short, so that the demo has people in it on any day of the week. */
const sundayEmergencies = '10:00-13:00';

type Profession = 'general' | 'paediatric' | 'internal' | 'surgical' | 'nursing' | 'interpreting';

export interface PlannedProvider {
  readonly name: string;
  readonly professions: readonly Profession[];
  readonly hours: readonly Hours[];
  /** Absent for staff from the beginning. The practice grew over its year, and its reports show that. */
  readonly joinedDaysAgo?: number;
}

export const providers: readonly PlannedProvider[] = [
  {
    name: 'Dr Amari',
    professions: ['general'],
    hours: [...at(berlin, [1, 2, 3, 4], ...day), ...at(berlin, [5], morning), ...at(berlin, [7], sundayEmergencies)],
  },
  {
    name: 'Dr Brandt',
    professions: ['general', 'internal'],
    hours: [...at(berlin, [1, 2, 4, 5], ...day), ...at(berlin, [3], morning), ...at(berlin, [6], saturday)],
  },
  {
    name: 'Dr Castellane',
    professions: ['general', 'paediatric'],
    hours: at(berlin, [2, 3, 4, 5], ...late),
    joinedDaysAgo: 130,
  },
  {
    name: 'Dr Dąbrowska',
    professions: ['surgical', 'general'],
    hours: [...at(berlin, [1, 3, 5], ...early), ...at(berlin, [2], ...late)],
  },
  {
    name: 'Nurse Erhardt',
    professions: ['nursing'],
    hours: [
      ...at(berlin, [1, 2, 3, 4, 5], ...early),
      ...at(berlin, [6], saturday),
      ...at(berlin, [7], sundayEmergencies),
    ],
  },
  {
    name: 'Mr Farouk, interpreter',
    professions: ['interpreting'],
    hours: at(berlin, [1, 3, 5], ...middle),
    joinedDaysAgo: 150,
  },
  {
    name: 'Dr Gangopadhyay',
    professions: ['general'],
    hours: [
      ...at(kolkata, [1, 2, 3, 5], ...day),
      ...at(kolkata, [4], morning),
      ...at(kolkata, [6], saturday),
      ...at(kolkata, [7], sundayEmergencies),
    ],
  },
  {
    name: 'Dr Hembram',
    professions: ['general', 'paediatric'],
    hours: [...at(kolkata, [1, 3, 4, 5], ...middle), ...at(kolkata, [6], saturday)],
    joinedDaysAgo: 240,
  },
  { name: 'Dr Iyer', professions: ['internal', 'general'], hours: at(kolkata, [1, 2, 3, 4], ...late) },
  {
    name: 'Nurse Jena',
    professions: ['nursing'],
    hours: [
      ...at(kolkata, [1, 2, 4, 5], ...early),
      ...at(kolkata, [3], morning),
      ...at(kolkata, [7], sundayEmergencies),
    ],
  },
  // These two work at both sites, on different days.
  {
    name: 'Dr Khanna',
    professions: ['surgical', 'general'],
    hours: [...at(kolkata, [1, 2], ...day), ...at(berlin, [4, 5], ...middle)],
    joinedDaysAgo: 100,
  },
  {
    name: 'Dr Lindqvist',
    professions: ['internal', 'paediatric'],
    hours: [...at(berlin, [1, 3], ...late), ...at(kolkata, [4, 5], ...day)],
    joinedDaysAgo: 140,
  },
];

export interface PlannedRoom {
  readonly name: string;
  readonly site: SiteName;
  readonly features: readonly string[];
}

export const rooms: readonly PlannedRoom[] = [
  { name: 'Room 1', site: berlin.name, features: ['child-friendly', 'step-free'] },
  { name: 'Room 2', site: berlin.name, features: ['step-free'] },
  { name: 'Treatment room', site: berlin.name, features: ['treatment', 'procedure', 'step-free'] },
  { name: 'Laboratory', site: berlin.name, features: ['laboratory', 'treatment'] },
  { name: 'Ultrasound room', site: berlin.name, features: ['imaging', 'step-free'] },
  { name: 'Room A', site: kolkata.name, features: ['child-friendly', 'step-free'] },
  { name: 'Room B', site: kolkata.name, features: ['treatment', 'laboratory', 'procedure'] },
  { name: 'Room C', site: kolkata.name, features: ['imaging', 'laboratory', 'step-free'] },
];

export const equipment: readonly { readonly name: string; readonly site: SiteName; readonly type: string }[] = [
  { name: 'Ultrasound 1', site: berlin.name, type: 'ultrasound' },
  { name: 'ECG 1', site: berlin.name, type: 'ecg' },
  { name: 'Spirometer 1', site: berlin.name, type: 'spirometer' },
  { name: 'Ultrasound 2', site: kolkata.name, type: 'ultrasound' },
  { name: 'ECG 2', site: kolkata.name, type: 'ecg' },
];

export interface PlannedService {
  readonly name: string;
  readonly minutes: number;
  readonly bufferBefore?: number;
  readonly bufferAfter?: number;
  /** `'any'`, or the feature that the room must have. */
  readonly room?: string;
  readonly equipment?: string;
  readonly online?: boolean;
  /** May take place beside another visit of the same patient. */
  readonly beside?: boolean;
  readonly children?: boolean;
  readonly by: Profession;
  /** How often the service is asked for, against the others of its profession. */
  readonly weight: number;
}

export const services: readonly PlannedService[] = [
  { name: 'Consultation', minutes: 15, room: 'any', online: true, by: 'general', weight: 6 },
  { name: 'Long consultation', minutes: 30, room: 'any', online: true, by: 'general', weight: 9 },
  { name: 'New patient visit', minutes: 45, room: 'any', online: true, by: 'general', weight: 4 },
  { name: 'Telephone consultation', minutes: 15, online: true, by: 'general', weight: 3 },
  { name: 'Video consultation', minutes: 30, online: true, by: 'general', weight: 5 },
  { name: 'Health check with ECG', minutes: 45, room: 'any', equipment: 'ecg', by: 'internal', weight: 3 },
  {
    name: 'Ultrasound examination',
    minutes: 30,
    bufferAfter: 15,
    room: 'imaging',
    equipment: 'ultrasound',
    by: 'internal',
    weight: 5,
  },
  {
    name: 'Child check-up',
    minutes: 30,
    room: 'child-friendly',
    online: true,
    children: true,
    by: 'paediatric',
    weight: 8,
  },
  {
    name: 'Minor surgery',
    minutes: 60,
    bufferBefore: 15,
    bufferAfter: 15,
    room: 'procedure',
    by: 'surgical',
    weight: 3,
  },
  {
    name: 'Guided joint injection',
    minutes: 30,
    bufferAfter: 15,
    room: 'procedure',
    equipment: 'ultrasound',
    by: 'surgical',
    weight: 3,
  },
  { name: 'Wound care', minutes: 30, bufferAfter: 15, room: 'treatment', by: 'nursing', weight: 5 },
  { name: 'Blood draw', minutes: 15, room: 'laboratory', online: true, by: 'nursing', weight: 5 },
  { name: 'Vaccination', minutes: 15, room: 'treatment', online: true, by: 'nursing', weight: 4 },
  { name: 'Lung function test', minutes: 30, equipment: 'spirometer', by: 'nursing', weight: 5 },
  { name: 'Interpreter', minutes: 30, beside: true, by: 'interpreting', weight: 1 },
];
