#include "html.h"

#include <math.h>

void
html_text(struct buf *b, struct span text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '&')
			buf_add(b, SPAN("&amp;"));
		else if (c == '<')
			buf_add(b, SPAN("&lt;"));
		else if (c == '>')
			buf_add(b, SPAN("&gt;"));
		else if (c == '"')
			buf_add(b, SPAN("&quot;"));
		else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
			buf_add(b, SPAN("\xEF\xBF\xBD"));
		else
			buf_byte(b, (char)c);
	}
}

void
html_percent(struct buf *b, double share)
{
	long hundredths = lround(share * 10000);

	buf_printf(b, "%ld", hundredths / 100);
	hundredths %= 100;
	if (hundredths % 10 != 0)
		buf_printf(b, ".%02ld", hundredths);
	else if (hundredths != 0)
		buf_printf(b, ".%ld", hundredths / 10);
	buf_byte(b, '%');
}
