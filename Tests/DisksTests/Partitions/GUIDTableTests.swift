import Disks
import Testing

struct GUIDTableTests {
    private static let script = """
        truncate -s 64M d.img
        sfdisk -q d.img <<TABLE
        label: gpt
        start=2048, size=32768, type=uefi, name="EFI System", uuid=01234567-89ab-cdef-0123-456789abcdef
        start=34816, size=32768, type=linux, name="root", uuid=01234567-89ab-cdef-0123-456789abcdee, attrs=LegacyBIOSBootable
        start=69632, size=8192, type=swap, name="näme"
        TABLE
        """

    private static func check(_ disk: Disk) throws {
        let table = try #require(GUIDTable(of: disk))
        #expect(table.entries.map(\.number) == [1, 2, 3])
        #expect(table.entries.map(\.first) == [2048, 34816, 69632])
        #expect(table.entries.map(\.last) == [34815, 67583, 77823])
        #expect(table.entries.map(\.isBootable) == [true, true, false])
        #expect(table.entries[0].uuid == "01234567-89ab-cdef-0123-456789abcdef")
        #expect(table.entries[0].type == "c12a7328-f81f-11d2-ba4b-00a0c93ec93b")
        #expect(table.entries[1].attributes == 4)
        #expect(table.entries[1].name.text == "root")
        #expect(table.entries[2].name == Array("n".utf8) + [0xe4] + Array("me".utf8))
    }

    @Test func entriesAreRead() throws {
        let disk = try ScratchImages(Self.script).disk("d.img")
        #expect(PartitionTable(of: disk) == .efi)
        try Self.check(disk)
    }

    @Test(arguments: [512, 512 + 16, 512 + 72, 1024, 1024 + 128 * 100])
    func theCopyAtTheEndHelps(_ damage: Int) throws {
        let disk = try ScratchImages(Self.script).disk("d.img")
        disk.write([0xff], at: damage)
        try Self.check(disk)
    }

    @Test func withoutAGoodTableThereIsNone() throws {
        let disk = try ScratchImages(Self.script).disk("d.img")
        disk.write([0xff], at: 512)
        disk.write([0xff], at: disk.byteCount - 512)
        #expect(GUIDTable(of: disk) == nil)
        #expect(PartitionTable(of: disk) == .efi)
    }

    @Test func aTinyDiskHasNoTable() throws {
        #expect(GUIDTable(of: try ScratchImages("truncate -s 512 d.img").disk("d.img")) == nil)
    }
}
