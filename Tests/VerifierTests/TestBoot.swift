import BootImages
import DeviceTree
import Testing
import UBoot

@testable import Verifier

/// A script on a simulated board, and what the rules say about it.
struct TestBoot {
    /// Commands of the boards; not all of them can be simulated.
    static let commands: Set<String> = [
        "base", "bdinfo", "bootefi", "booti", "bootm", "cmp", "cp", "crc32", "dhcp", "echo", "env", "exit", "false",
        "fdt", "help", "iminfo", "imxtract", "itest", "load", "md", "mw", "printenv", "reset", "run", "setenv",
        "setexpr", "sleep",
        "source", "test", "tftpboot", "true", "version",
    ]

    var files: [String: TestFile] = [:]
    var board = TestBoot.virt
    /// Where the script lies.
    var scriptAddress: Address = 0x4010_0000
    var limits = Limits()
    var isForRun = false

    /// Two GiB from 0x40000000, as QEMU's virt machine.
    static var virt: MachineDescription {
        board(
            "virt", ram: AddressRange(start: 0x4000_0000, size: 0x8000_0000),
            reserved: AddressRange(start: 0xbddb_2000, size: 0x224_e000))
    }

    /// RAM from 0, as a Raspberry Pi 4 in QEMU.
    static var pi: MachineDescription {
        var board = board(
            "rpi4", ram: AddressRange(start: 0, size: 0x3c00_0000),
            reserved: AddressRange(start: 0x3900_0000, size: 0x300_0000))
        board.banks.removeAll { $0.kind == .rom }
        return board
    }

    private static func board(_ name: String, ram: AddressRange, reserved: AddressRange) -> MachineDescription {
        let flash = AddressRange(start: 0, size: 0x800_0000)
        var board = MachineDescription(
            name: name, version: "2023.01+test",
            banks: [.init(kind: .ram, range: ram)] + (ram.start > 0 ? [.init(kind: .rom, range: flash)] : []))
        if ram.start > 0 { board.presets = [.init(label: nil, address: 0, bytes: [0x0a])] }
        board.reserved = [reserved]
        board.commands = commands
        board.network = .init(device: "test", leases: [:])
        board.runtimeEnvironment = ["ipaddr": "10.0.2.15", "serverip": "10.0.2.2", "loadaddr": "40200000"]
        board.loadAddress = ram.start + 0x20_0000
        return board
    }

    /// What every test may load.
    static func standardFiles() throws -> [String: TestFile] {
        [
            "xen": .kernel(0x11_0000, imageSize: 0x13_60c8, flags: 0xa),
            "Image": .kernel(0x30_0000),
            "Linux": .kernel(0x30_0000, imageSize: 0x34_0000),
            "Image.gz": .bytes([0x1f, 0x8b, 8, 0] + [UInt8](repeating: 0, count: 96)),
            "ramdisk": .ramdisk(0x600),
            "big": .ramdisk(0x40_0000),
            "board.dtb": try .tree(),
            "wide.dtb": try .tree(padding: 0x10_0000),
        ]
    }

    func record(_ script: String) throws -> BootRecord {
        var machine = try Machine(board, limits: limits)
        machine.fileServer = TestServer(files: try Self.standardFiles().merging(files) { $1 })
        let image = try ScriptImage.encode(text: Array(script.utf8))
        #expect(try machine.place(image, file: "boot.scr", path: nil, at: scriptAddress))
        let ending = machine.source(at: scriptAddress)
        return machine.record(input: "boot.scr", ending: ending)
    }

    func findings(_ script: String) throws -> [Finding] {
        try verify(record(script), options: VerificationOptions(commands: Self.commands, isForRun: isForRun))
    }

    /// Findings as `LINE RULE SEVERITY`; other texts than the main script have their name before the line.
    static func summary(_ findings: [Finding]) -> [String] {
        findings.map { finding in
            let place = finding.place.map { $0.source == "boot.scr" ? "\($0.line)" : "\($0.source):\($0.line)" }
            return "\(place ?? "-") \(finding.rule) \(finding.severity.rawValue)"
        }
    }
}

/// A script with what is expected of its lines: `#! RULE SEVERITY` at the end of a line, separated by commas.
struct RuleCase: Sendable, CustomTestStringConvertible {
    var name: String
    var script: String
    var files: [String: TestFile]
    /// Findings that are not in the script, before the others.
    var elsewhere: [String]

    init(_ name: String, _ script: String, files: [String: TestFile] = [:], elsewhere: [String] = []) {
        self.name = name
        self.script = script
        self.files = files
        self.elsewhere = elsewhere
    }

    var testDescription: String { name }

    var expected: [String] {
        script.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap {
            index, line -> [String] in
            guard let mark = line.firstRange(of: "#! ") else { return [] }
            return line[mark.upperBound...].split(separator: ",").map { entry in
                "\(index + 1) \(entry.drop { $0 == " " })"
            }
        }
    }

    func check(_ boot: TestBoot = TestBoot()) throws {
        var boot = boot
        boot.files.merge(files) { $1 }
        let findings = try boot.findings(script)
        let found = TestBoot.summary(findings)
        let texts = findings.map { "\($0.message) | fix: \($0.fix ?? "-")" }
        #expect(found.sorted() == (expected + elsewhere).sorted(), "\(texts)")
    }
}

/// Parts of scripts.
enum Script {
    /// The end of a good script for dom0 and one domain, behind the loads.
    static let tree = ##"""
        fdt addr 0x41800000
        fdt resize 1024
        fdt set /chosen \#address-cells <0x2>
        fdt set /chosen \#size-cells <0x2>
        fdt set /chosen xen,xen-bootargs "dom0_mem=512M"
        """##
    static let dom0 = ##"""
        fdt mknod /chosen dom0
        fdt set /chosen/dom0 compatible "xen,linux-zimage" "xen,multiboot-module" "multiboot,module"
        fdt set /chosen/dom0 reg <0x0 0x40E00000 0x0 0x300000>
        """##
    static let ramdisk = ##"""
        fdt mknod /chosen dom0-ramdisk
        fdt set /chosen/dom0-ramdisk compatible "xen,linux-initrd" "xen,multiboot-module" "multiboot,module"
        fdt set /chosen/dom0-ramdisk reg <0x0 0x41200000 0x0 0x600>
        """##
    static let boot = ##"""
        setenv fdt_high 0xffffffffffffffff
        booti 0x41400000 - 0x41800000
        """##
    static let loads = ##"""
        tftpb 0x40E00000 Image
        tftpb 0x41200000 ramdisk
        tftpb 0x41400000 xen
        tftpb 0x41800000 board.dtb
        """##
    /// A whole script with dom0 that has nothing wrong.
    static let good = [loads, tree, dom0, ramdisk, boot].joined(separator: "\n")

    /// A good script with another end of the tree's edits.
    static func with(_ edits: String, loads: String = Script.loads, boot: String = Script.boot) -> String {
        [loads, tree, edits, boot].joined(separator: "\n")
    }
}
