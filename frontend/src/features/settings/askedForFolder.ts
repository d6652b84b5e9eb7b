/** Whether the user comes to the settings to name a data folder, whose field then takes the focus. */
let isAsked = false;

export function askForFolder(): void {
  isAsked = true;
}

/** Says it once. */
export function takeAskedForFolder(): boolean {
  const wasAsked = isAsked;
  isAsked = false;
  return wasAsked;
}
