import Foundation
import Testing
import UBoot

@testable import Boards

/// The environment on the card of a Raspberry Pi 3, as its U-Boot behaved under QEMU.
struct StoredEnvironmentTests {
    /// A card with one FAT partition, and a file `uboot.env` in it if there is one.
    private func card(_ folder: ScratchFolder, storing environment: [UInt8]? = nil) throws -> String {
        let path = try folder.write(environment ?? [], to: "uboot.env")
        let script = """
            set -e; cd '\(URL(filePath: path).deletingLastPathComponent().path())'; truncate -s 40M card.img
            printf 'label: dos\\nstart=2048, type=c\\n' | sfdisk -q card.img
            PATH=$PATH:/usr/sbin mkfs.vfat -F 32 --offset 2048 card.img 38912
            \(environment == nil ? "" : "mcopy -i card.img@@1M uboot.env ::/")
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "run scripts/setup")
        return URL(filePath: path).deletingLastPathComponent().appending(path: "card.img").path()
    }

    /// What lines print on the board with a card.
    private func outputs(_ lines: String..., card: String?) throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let simulation = Simulation(
            board: try Board(file: root.appending(path: "boards/rpi3.yaml").path()), limits: Limits(),
            files: try FolderServer(root: NSTemporaryDirectory()),
            disks: card.map { [DiskAttachment(path: $0)] } ?? [])
        let text = ByteString(utf8: lines.map { $0 + "\n" }.joined())
        return try simulation.run(typed: text, name: "<test>").typed.map(\.output.latin1)
    }

    private func stored(_ text: String) -> [UInt8] {
        let data = Array(text.utf8) + [UInt8](repeating: 0, count: 16380 - text.utf8.count)
        var sum = UInt32.max
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: ~sum >> $0) } + data
    }

    @Test func savingWritesTheFile() throws {
        let folder = try ScratchFolder()
        let outputs = try outputs(
            "env default -a", "setenv q 7", "saveenv", "size mmc 0:1 uboot.env; echo $filesize",
            "load mmc 0:1 1000000 uboot.env; md.b 1000000 10; setenv q; env import -c 1000000 4000; echo $q",
            card: try card(folder))
        #expect(outputs[2] == "Saving Environment to FAT... OK\n")
        #expect(outputs[3] == "4000\n")
        // The checksum is the one that the real one wrote.
        #expect(outputs[4].contains("01000000: 11 f3 be 33 61 72 63 68"))
        #expect(outputs[4].hasSuffix("\n7\n"))
    }

    @Test func withoutACardItFails() throws {
        let outputs = try outputs("saveenv", card: nil)
        #expect(outputs[0].hasSuffix("** Bad device specification mmc 0 **\nFailed (1)\n"))
    }

    @Test func aStartTakesWhatIsStored() throws {
        let folder = try ScratchFolder()
        let card = try card(folder, storing: stored("loadaddr=0x5000000\0x=a=b\0\0"))
        let outputs = try outputs(
            "echo $x $bootdelay. $board_name", "env default x loadaddr; echo $loadaddr", card: card)
        #expect(outputs == ["a=b . 3 Model B\n", "0x1000000\n"])
    }

    @Test func aWrongChecksumIsIgnored() throws {
        let folder = try ScratchFolder()
        var bytes = stored("x=1\0\0")
        bytes[9] ^= 1
        #expect(try outputs("printenv x", card: card(folder, storing: bytes))[0] == "## Error: \"x\" not defined\n")
        #expect(try outputs("printenv x", card: card(folder, storing: [1, 2]))[0] == "## Error: \"x\" not defined\n")
    }
}
