internal import CArchive
internal import SharedLibrary

/// The functions of libarchive, which is loaded when the first archive is opened.
@safe struct LibArchive: @unchecked Sendable {
    let readNew: archive_read_new_function
    let readFree: archive_read_free_function
    let readFilters: archive_read_support_filter_all_function
    let readFormats: archive_read_support_format_all_function
    let readOpen: archive_read_open_filename_function
    let nextHeader: archive_read_next_header_function
    let readData: archive_read_data_function
    let pathname: archive_entry_pathname_function
    let filetype: archive_entry_filetype_function
    let errorString: archive_error_string_function
    let writeNew: archive_write_new_function
    let writeFree: archive_write_free_function
    let setCPIO: archive_write_set_format_cpio_newc_function
    let setRaw: archive_write_set_format_raw_function
    let addGzip: archive_write_add_filter_gzip_function
    let setOptions: archive_write_set_options_function
    let writeOpen: archive_write_open_filename_function
    let writeHeader: archive_write_header_function
    let writeData: archive_write_data_function
    let writeClose: archive_write_close_function
    let entryNew: archive_entry_new_function
    let entryFree: archive_entry_free_function
    let setPathname: archive_entry_set_pathname_function
    let setFiletype: archive_entry_set_filetype_function
    let setPermissions: archive_entry_set_perm_function
    let setSize: archive_entry_set_size_function
    let setTime: archive_entry_set_mtime_function
    let setSymlink: archive_entry_set_symlink_function
    let setLinkCount: archive_entry_set_nlink_function

    private static let loaded = LibArchive()

    /// The library; throws where there is none.
    static func library() throws(ArchiveError) -> LibArchive {
        guard let loaded else { throw .libraryMissing }
        return loaded
    }

    private init?() {
        guard let library = SharedLibrary("libarchive.so.13") else { return nil }
        do {
            unsafe readNew = try Self.find("archive_read_new", library)
            unsafe readFree = try Self.find("archive_read_free", library)
            unsafe readFilters = try Self.find("archive_read_support_filter_all", library)
            unsafe readFormats = try Self.find("archive_read_support_format_all", library)
            unsafe readOpen = try Self.find("archive_read_open_filename", library)
            unsafe nextHeader = try Self.find("archive_read_next_header", library)
            unsafe readData = try Self.find("archive_read_data", library)
            unsafe pathname = try Self.find("archive_entry_pathname", library)
            unsafe filetype = try Self.find("archive_entry_filetype", library)
            unsafe errorString = try Self.find("archive_error_string", library)
            unsafe writeNew = try Self.find("archive_write_new", library)
            unsafe writeFree = try Self.find("archive_write_free", library)
            unsafe setCPIO = try Self.find("archive_write_set_format_cpio_newc", library)
            unsafe setRaw = try Self.find("archive_write_set_format_raw", library)
            unsafe addGzip = try Self.find("archive_write_add_filter_gzip", library)
            unsafe setOptions = try Self.find("archive_write_set_options", library)
            unsafe writeOpen = try Self.find("archive_write_open_filename", library)
            unsafe writeHeader = try Self.find("archive_write_header", library)
            unsafe writeData = try Self.find("archive_write_data", library)
            unsafe writeClose = try Self.find("archive_write_close", library)
            unsafe entryNew = try Self.find("archive_entry_new", library)
            unsafe entryFree = try Self.find("archive_entry_free", library)
            unsafe setPathname = try Self.find("archive_entry_set_pathname", library)
            unsafe setFiletype = try Self.find("archive_entry_set_filetype", library)
            unsafe setPermissions = try Self.find("archive_entry_set_perm", library)
            unsafe setSize = try Self.find("archive_entry_set_size", library)
            unsafe setTime = try Self.find("archive_entry_set_mtime", library)
            unsafe setSymlink = try Self.find("archive_entry_set_symlink", library)
            unsafe setLinkCount = try Self.find("archive_entry_set_nlink", library)
        } catch {
            return nil
        }
    }

    private struct Missing: Error {}

    private static func find<Function>(_ name: String, _ library: SharedLibrary) throws(Missing) -> Function {
        guard let function: Function = library.function(name) else { throw Missing() }
        return function
    }
}
