import Testing

@testable import UBoot

/// Rows recorded from the real U-Boot 2023.01 and 2025.01 of Debian, under QEMU.
struct ConsoleTests {
    private static let digits = String(repeating: "0123456789", count: 40)
    /// `q` has 1201 bytes.
    private static let setup = "setenv l \(digits); setenv q a$l$l$l"
    private static let long = "a\(digits)\(digits)\(digits)"

    @Test(arguments: [("", 531), ("2025.01-3+deb13u1", 1043)])
    func oneFormattedPrintIsCut(_ version: String, _ limit: Int) throws {
        let rows = [
            ("printenv q", "q=\(Self.long)\n", 0), ("$q", "Unknown command '\(Self.long)' - try 'help'\n", 1),
            ("run $q", "## Error: \"\(Self.long)\" not defined\n", 1),
            ("v=$q; showvar v", "v=\(Self.long)\n", 0),
        ]
        for (line, full, status) in rows {
            let row = Exchange(line, String(full.prefix(limit)), status)
            try row.check(setup: Self.setup, version: version.isEmpty ? TestBoard.version : version)
        }
        try Exchange("echo $q", "\(Self.long)\n").check(setup: Self.setup)
    }

    @Test(arguments: [("", 511), ("2025.01-3+deb13u1", 1023)])
    func aTypedLineIsCut(_ version: String, _ limit: Int) throws {
        let text = Self.digits + Self.digits + Self.digits
        try Exchange("echo \(text)", "\(text.prefix(limit - 5))\n").check(
            version: version.isEmpty ? TestBoard.version : version)
    }
}
