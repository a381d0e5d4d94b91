import Foundation
import Testing
import UBoot

@testable import ImageBuilder

struct KeyTableTests {
    /// Found from this file.
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/config-keys.md")

    @Test func thePageIsCurrent() throws {
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try Data(KeyTable.page.utf8).write(to: Self.page)
            Issue.record("recorded docs/config-keys.md")
        }
        #expect(try String(contentsOf: Self.page, encoding: .utf8) == KeyTable.page)
    }

    @Test func everyKeyHasAMeaning() {
        for key in KeyTable.all { #expect(!key.meaning.isEmpty && !key.since.isEmpty, "\(key.name)") }
    }

    private func findings(_ text: String) throws -> [String] {
        let config = TypedConfig(try ConfigParser.parse(Array(text.utf8), name: "c"))
        return config.findings.map {
            "\($0.place?.line ?? 0):\($0.place?.column ?? 0): \($0.severity.rawValue): \($0.message)"
                + ($0.fix.map { " (\($0))" } ?? "")
        }
    }

    @Test(arguments: [
        (
            "DOMU_KERNAL[0]=x",
            "1:1: warning: 'DOMU_KERNAL' is no key, and nothing refers to it (did you mean 'DOMU_KERNEL'?)"
        ),
        ("offset=1", "1:1: error: expected a key, found 'offset', in which upstream's script keeps a value of its own"),
        ("NUM_DOMUS=two", "1:1: error: NUM_DOMUS: expected a number (decimal, 0x…, with K, M or G), found 'two'"),
        ("BOOT_CMD=boo", "1:1: error: BOOT_CMD: expected one of booti, bootm, bootefi, bootz, none, found 'boo'"),
        ("XEN[1]=x", "1:1: warning: 'XEN' has no index; the element 1 is ignored"),
        ("A=$B", "1:3: warning: '$B' is not set, and gives nothing"),
    ])
    func mistakesAreFound(text: String, message: String) throws {
        let found = try findings(text)
        #expect(found.contains(message), "\(found)")
    }

    @Test(arguments: [
        ("DOMU_MEM[0]=512X", "expected a number (decimal, 0x…, with K, M or G), found '512X'"),
        ("DOMU_MEM[0]=1.5", "expected a whole number, found '1.5'"),
        ("DOMU_MEM[0]=-5", "expected a number without a sign, found '-5'"),
        ("DOMU_MEM[0]=010", "expected a number without zeros in front, which a shell takes for octal, found '010'"),
        ("DOMU_VCPUS[0]=four", "expected a number (decimal, 0x…, with K, M or G), found 'four'"),
        ("DOMU_VCPUS[0]=0", "expected a number from 1 to 4096, found '0'"),
        ("DOMU_STATIC_MEM[0]='0x50000000'", "expected pairs of address and size, found 1 numbers:, found '0x50000000'"),
        ("DOMU_STATIC_MEM[0]='0x50000001 1M'", "expected an address of whole pages of 4 KiB, found '0x50000001'"),
        ("DOMU_STATIC_MEM[0]='0x50000000 100'", "expected a size of whole pages of 4 KiB, found '100'"),
        ("DOMU_DIRECT_MAP[0]=yes", "expected 0 or 1, found 'yes'"),
        (
            "DOMU_COLORS[0]=14-6",
            "expected colours 'first-last' from 0 to 31, the first not above the last, found '14-6'"
        ),
        (
            "DOMU_COLORS[0]=0-40",
            "expected colours 'first-last' from 0 to 31, the first not above the last, found '0-40'"
        ),
        ("DOMU_CAPS[0]=god", "expected control, hardware, xenstore, dom0, none or a number up to 7, found 'god'"),
        ("DOMU_SHARED_MEM[0]='a 1'", "expected 'ID [HOST] GUEST SIZE', found 'a 1'"),
        ("DOMU_STATIC_EVTCHNS[0]='1 2'", "expected 'port domU port; …', found '1 2'"),
        ("DOMU_PASSTHROUGH_PATHS[0]='axi'", "expected paths of nodes such as /axi/serial@ff000000, found 'axi'"),
    ])
    func wrongValuesAreErrors(text: String, message: String) throws {
        let name = text.prefix { $0 != "=" }
        #expect(try findings("NUM_DOMUS=1\n\(text)") == ["2:1: error: \(name): \(message)"])
    }

    @Test func valuesHaveTypes() throws {
        let text = """
            NUM_DOMUS=1 NUM_CPUPOOLS=1
            DOMU_MEM[0]=1G DOM0_MEM=0x80
            DOMU_COLORS[0]=0-1,4
            CPUPOOL[0]="cpu@1, cpu@2 null"
            DOMU_STATIC_MEM[0]="0x50000000 256M"
            DOMU_CAPS[0]="control|XenStore"
            DOMU_NOBOOT[0]=0
            """
        let config = TypedConfig(try ConfigParser.parse(Array(text.utf8), name: "c"))
        #expect(config.findings == [])
        #expect(config.kibibytes("DOMU_MEM") == 1 << 20)
        #expect(config.kibibytes("DOM0_MEM") == 128 << 10)
        #expect(config.colours("DOMU_COLORS")?.mask == 0b10011)
        #expect(config.regions("DOMU_STATIC_MEM") == [ConfigRegion(start: 0x5000_0000, size: 256 << 20)])
        #expect(config.number("DOMU_CAPS") == 5)
        #expect(config.flag("DOMU_NOBOOT") == false)
        #expect(config.pool(0)?.cpus == ["cpu@1", "cpu@2"])
        #expect(config.pool(0)?.scheduler == "null")
    }
}
