// Text as the reference files write it, and names as they are compared.

/** Unicode NFC, straight apostrophes, single spaces. */
function tidy(text) {
	return text.normalize('NFC').replaceAll('\u2019', "'").replace(/ +/g, ' ').trim()
}

/**
 * A name for comparison: words in lower case without accents, ligatures or
 * punctuation; "St" and "Ste" spelled out, "lez" as "lès".
 */
export function fold(name) {
	return name
		.toLowerCase()
		.replaceAll('œ', 'oe')
		.replaceAll('æ', 'ae')
		.normalize('NFD')
		.replace(/\p{Mark}/gu, '')
		.replace(/[^a-z0-9]+/g, ' ')
		.trim()
		.replace(/\bst\b/g, 'saint')
		.replace(/\bste\b/g, 'sainte')
		.replace(/\blez\b/g, 'les')
}

/**
 * Order of strings by code unit, the same on every machine and in every
 * locale.
 */
export function byText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Rows (arrays of strings, numbers and lists; undefined is missing) as
 * canonical TSV.
 */
export function tsv(header, rows) {
	return [header, ...rows].map(row => row.map(cell).join('\t') + '\n').join('')
}

function cell(value) {
	if (value === undefined) {
		return ''
	}
	if (Array.isArray(value)) {
		return value.map(cell).join('|')
	}
	const text = tidy(String(value))
	// No name holds one today: stop rather than write a file that lies.
	if (/[\t\n\r\\|]/.test(text)) {
		throw new Error(`cell needs an escape: ${JSON.stringify(text)}`)
	}
	return text
}

/** The entries of `items` by key; an item may have several keys. */
export function groupBy(items, keysOf) {
	const groups = new Map()
	for (const item of items) {
		for (const key of [keysOf(item)].flat()) {
			if (!groups.has(key)) {
				groups.set(key, [])
			}
			groups.get(key).push(item)
		}
	}
	return groups
}
