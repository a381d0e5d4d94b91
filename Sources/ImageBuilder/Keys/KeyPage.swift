/// The documentation of all keys.
extension KeyTable {
    /// All keys as a page in Markdown.
    public static var page: String {
        var page = """
            # Keys of a config

            What `ibtest generate` reads from a config, family by family; [config.md](config.md) says how a config is written.
            Numbers are decimal or hexadecimal with `0x`; `K`, `M` and `G` are powers of 1024. `i` is the number of a DomU,
            overlay or pool from 0. *Since* is ImageBuilder's release, or the month of the change. This page is made from the
            table that configs are read with.

            """
        for family in families {
            page += "\n## \(family.title)\n\n| key | meaning | default | unit | since | for |\n"
            page += "| --- | --- | --- | --- | --- | --- |\n"
            for key in family.keys {
                let cells = [
                    "`\(key.spelling)`", key.meaning, key.fallback, key.type.unit, key.since, key.user.rawValue,
                ]
                page += "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
            }
        }
        return page
    }
}
