export const other = async () => null;
