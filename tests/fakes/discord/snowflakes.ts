/** The first millisecond of 2015, from which Discord counts its ids. @see developers/reference, "Snowflakes" */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Gives ids that rise with time and carry it, as 17-19 digits: discord.js recognises rate-limit buckets by such ids. */
export function createSnowflakes(): (at?: number) => string {
  let increment = 0n;
  return (at = Date.now()) => {
    increment = (increment + 1n) % 0x400000n;
    return (((BigInt(at) - DISCORD_EPOCH) << 22n) | increment).toString();
  };
}

/** When an id was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH);
}
