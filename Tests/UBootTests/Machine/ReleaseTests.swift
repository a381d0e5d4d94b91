import Testing

@testable import UBoot

struct ReleaseTests {
    @Test(
        "a version is read up to its month",
        arguments: [
            ("2023.01+dfsg-2+deb12u3", 2023, 1), ("2025.01-3+deb13u1", 2025, 1), ("2024.07", 2024, 7),
            ("2022.10-rc3-dirty", 2022, 10), ("", 2023, 1), ("unknown", 2023, 1),
        ])
    func readsVersion(version: String, year: Int, month: Int) {
        #expect(Release(version: version) == Release(year: year, month: month))
    }

    @Test("a later month or year is later")
    func orders() {
        #expect(Release(version: "2023.01") < .v2023_04)
        #expect(Release(version: "2024.10") < .v2025_01)
        #expect(Release(version: "2025.01-3+deb13u1") >= .v2025_01)
    }
}
