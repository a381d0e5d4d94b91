import Testing

/// What upstream's script takes in silence and gets wrong: here each is an error, or right.
struct FootgunTests {
    static let all = Footgun.outputs + Footgun.target + Footgun.values
    /// Those of the list that are about scripts and FITs; the others are about disk images.
    static let known = Set(1...27).union(29...52)

    @Test(arguments: all)
    func isAnErrorOrRight(footgun: Footgun) throws {
        let files = try TestBuild()
        try files.write("metadata.txt", Array("text\n".utf8))
        try files.write("kernel.xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 1])
        try files.write("kernel.zst", [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0])
        try footgun.check(files)
    }

    @Test func everyOneIsTried() {
        let tried = Set(Self.all.map(\.number))
        print("footguns of upstream's script that are errors or right: \(tried.count) of \(Self.known.count)")
        #expect(tried.subtracting(Self.known).isEmpty)
        #expect(Self.known.subtracting(tried).sorted() == [])
    }
}
