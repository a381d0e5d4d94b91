#include <archive.h>
#include <archive_entry.h>

/* The types of the functions that are looked up by name instead of linked. */
#define FUNCTION(name) typedef __typeof__(name) *name##_function
FUNCTION(archive_read_new);
FUNCTION(archive_read_free);
FUNCTION(archive_read_support_filter_all);
FUNCTION(archive_read_support_format_all);
FUNCTION(archive_read_support_format_raw);
FUNCTION(archive_read_open_filename);
FUNCTION(archive_read_next_header);
FUNCTION(archive_read_data);
FUNCTION(archive_entry_pathname);
FUNCTION(archive_entry_filetype);
FUNCTION(archive_error_string);
FUNCTION(archive_write_new);
FUNCTION(archive_write_free);
FUNCTION(archive_write_set_format_cpio_newc);
FUNCTION(archive_write_set_format_raw);
FUNCTION(archive_write_add_filter_gzip);
FUNCTION(archive_write_set_options);
FUNCTION(archive_write_open_filename);
FUNCTION(archive_write_header);
FUNCTION(archive_write_data);
FUNCTION(archive_write_close);
FUNCTION(archive_entry_new);
FUNCTION(archive_entry_free);
FUNCTION(archive_entry_set_pathname);
FUNCTION(archive_entry_set_filetype);
FUNCTION(archive_entry_set_perm);
FUNCTION(archive_entry_set_size);
FUNCTION(archive_entry_set_mtime);
FUNCTION(archive_entry_set_symlink);
FUNCTION(archive_entry_set_nlink);
#undef FUNCTION
