/** The longest texts of a patient, in UTF-16 units. */
export const maxNameLength = 120;
export const maxPhoneLength = 40;
export const maxAlertLength = 200;
