export const isBlank = area => area.value.trim() === '';
export const textOf = area => new Blob([area.value]);
