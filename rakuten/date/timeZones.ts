import { IANAZone } from 'luxon';

import { RakutenProblem } from '../problem';

/**
 * The zones reports can be requested in, west to east. Rakuten's help article on time zones and
 * public connectors name these places; if they use a name that no time zone database has
 * (`America/St_John`, `Australia/Auckland`), the list has the place's proper name.
 */
export const timeZones: ReadonlyArray<{ readonly value: string; readonly name: string }> = [
	['GMT', 'GMT'],
	['Pacific/Midway', 'Midway Island, Samoa'],
	['Pacific/Honolulu', 'Hawaii'],
	['America/Anchorage', 'Alaska'],
	['America/Los_Angeles', 'Pacific Time (US and Canada)'],
	['America/Phoenix', 'Arizona'],
	['America/Denver', 'Mountain Time (US and Canada)'],
	['America/Belize', 'Central America'],
	['America/Chicago', 'Central Time (US and Canada)'],
	['America/Bogota', 'Bogotá, Lima, Quito'],
	['America/New_York', 'Eastern Time (US and Canada)'],
	['America/Caracas', 'Caracas'],
	['America/Asuncion', 'Asunción'],
	['America/Manaus', 'Manaus'],
	['America/St_Johns', 'Newfoundland'],
	['America/Sao_Paulo', 'Brasília, São Paulo'],
	['America/Buenos_Aires', 'Buenos Aires'],
	['America/Montevideo', 'Montevideo'],
	['America/Noronha', 'Fernando de Noronha'],
	['Atlantic/Cape_Verde', 'Cape Verde'],
	['Atlantic/Azores', 'Azores'],
	['Europe/London', 'London, Dublin, Lisbon'],
	['Europe/Berlin', 'Berlin, Paris, Madrid, Rome'],
	['Europe/Athens', 'Athens'],
	['Europe/Helsinki', 'Helsinki, Kyiv, Vilnius'],
	['Europe/Kaliningrad', 'Kaliningrad'],
	['Europe/Minsk', 'Minsk'],
	['Asia/Dubai', 'Dubai, Muscat'],
	['Asia/Baku', 'Baku'],
	['Asia/Kabul', 'Kabul'],
	['Asia/Tashkent', 'Tashkent'],
	['Asia/Calcutta', 'India'],
	['Asia/Kathmandu', 'Kathmandu'],
	['Asia/Dhaka', 'Dhaka'],
	['Asia/Rangoon', 'Yangon'],
	['Asia/Bangkok', 'Bangkok, Hanoi'],
	['Asia/Hovd', 'Hovd'],
	['Asia/Hong_Kong', 'Hong Kong, Singapore'],
	['Asia/Tokyo', 'Tokyo, Osaka'],
	['Australia/Darwin', 'Darwin'],
	['Australia/Brisbane', 'Brisbane'],
	['Australia/Sydney', 'Sydney, Melbourne'],
	['Pacific/Fiji', 'Fiji'],
	['Pacific/Auckland', 'Auckland, Wellington'],
].map(([value, place]) => ({ value, name: value === place ? value : `${place} (${value})` }));

/** Names of the dashboard's list that no time zone database has, and the zones they mean. */
const ianaNames: ReadonlyMap<string, string> = new Map([
	['Australia/Auckland', 'Pacific/Auckland'],
	['America/St_John', 'America/St_Johns'],
]);

/**
 * Whether dates can be read in this zone: GMT, UTC or a `Region/City` name of the time zone
 * database. Abbreviations and bare offsets are refused because they don't say when clocks change.
 */
export function isKnownZone(zone: string): boolean {
	const text = ianaNames.get(zone) ?? zone;
	return (
		text === 'GMT' || text === 'UTC' || (/^[A-Z]\w+\/\w/.test(text) && IANAZone.isValidZone(text))
	);
}

/** @throws RakutenProblem unless the zone is known */
export function requireKnownZone(zone: string): void {
	if (isKnownZone(zone)) return;
	throw new RakutenProblem(
		'unknownTimeZone',
		`The time zone "${zone.slice(0, 60)}" is not known`,
		'Use a name such as GMT, America/New_York or Europe/London, in upper and lower case as shown.',
	);
}

const namesOfGmt = new Set(
	['gmt', 'gmt0', 'gmt+0', 'gmt-0', 'greenwich', 'uct', 'utc', 'universal', 'zulu'].flatMap(
		(name) => [name, `etc/${name}`],
	),
);

/**
 * The zone that a name means, as the time zone database calls it: `GMT` for any of GMT's names, which
 * users and Get API URLs use interchangeably; other zones keep their name. This does not use the runtime's own list, whose choice among the
 * names of a zone changes from version to version.
 */
export function zoneKey(zone: string): string {
	return namesOfGmt.has(zone.toLowerCase()) ? 'GMT' : (ianaNames.get(zone) ?? zone);
}
