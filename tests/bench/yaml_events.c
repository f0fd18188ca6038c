#include <stdio.h>
#include <yaml.h>

/* yaml_events FILE: libyaml's parser alone, and how many events it gives: what
 * a tool that reads YAML through it has at least to do. */

static int
count_events(FILE *file)
{
	yaml_parser_t parser;
	yaml_event_t event;
	unsigned long count = 0;
	int rc = 0, end = 0;

	if (!yaml_parser_initialize(&parser))
		return -1;
	yaml_parser_set_input_file(&parser, file);
	while (rc == 0 && !end) {
		if (!yaml_parser_parse(&parser, &event)) {
			fprintf(stderr, "yaml_events: %s\n", parser.problem);
			rc = -1;
			continue;
		}
		end = event.type == YAML_STREAM_END_EVENT;
		count++;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (rc == 0)
		printf("%lu\n", count);
	return rc;
}

int
main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	int rc;

	if (file == NULL) {
		perror("yaml_events: FILE");
		return 2;
	}
	rc = count_events(file);
	fclose(file);
	return rc < 0 ? 2 : 0;
}
