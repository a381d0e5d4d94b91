import BootImages

/// A release of U-Boot, such as 2023.01.
///
/// Commands ask for it where releases differ: `machine.release >= .v2023_04`.
struct Release: Sendable, Comparable {
    /// The year.
    let year: Int
    /// The month, 1 to 12.
    let month: Int

    /// The first one in which `exit` leaves the script again and `source` takes a configuration.
    static let v2023_04 = Release(year: 2023, month: 4)
    /// The first one with dtc's rule for what prints as text.
    static let v2023_07 = Release(year: 2023, month: 7)
    /// The first one in which a substitution is silent and leaves a text that does not match.
    static let v2024_07 = Release(year: 2024, month: 7)
    /// The first one that keeps what was loaded out of the way of a boot.
    static let v2024_10 = Release(year: 2024, month: 10)
    /// The one of Debian 13.
    static let v2025_01 = Release(year: 2025, month: 1)

    /// Names a release.
    init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// Reads a version such as `2025.01-3+deb13u1`; what does not begin like that counts as 2023.01.
    init(version: String) {
        let parts = version.utf8.prefix { $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            .split(separator: UInt8(ascii: ".")).map { Int(String(Substring($0))) }
        guard parts.count >= 2, let year = parts[0], let month = parts[1] else {
            self.init(year: 2023, month: 1)
            return
        }
        self.init(year: year, month: month)
    }

    /// The names of image kinds that it knows.
    var vocabulary: ImageVocabulary { self >= .v2025_01 ? .v2025 : .v2023 }

    static func < (left: Release, right: Release) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}
