import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { RefusedAddress } from '../http.js';

/** Networks that are nobody's public web: this machine, its neighbours, the cloud's own services, and what is reserved. */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Among them those that wrap an address of version 4; `::ffff:…` is judged by what it wraps. */
const NOT_PUBLIC_6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const notPublic = new BlockList();
for (const network of NOT_PUBLIC_4) notPublic.addSubnet(...split(network), 'ipv4');
for (const network of NOT_PUBLIC_6) notPublic.addSubnet(...split(network), 'ipv6');

function split(network: string): [string, number] {
  const [address = '', bits = ''] = network.split('/');
  return [address, Number(bits)];
}

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Connections to the public internet alone, for addresses that people type: it is the address connected to that is
 * checked, so that no name can be made to point somewhere else in between.
 */
export function createPublicNetwork(): Agent {
  return new Agent({ connect: { lookup: publicLookup }, maxResponseSize: -1 });
}

/** Looks a name up; refuses it when any of its addresses is not public. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses: LookupAddress[] = found ?? [];
    const [first] = addresses;
    if (error || !first) callback(error ?? new RefusedAddress(), '', 0);
    else if (!addresses.every(({ address }) => isPublicAddress(address))) callback(new RefusedAddress(), '', 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
