import BootImages
import Testing

@testable import UBoot

/// What the real U-Boot answered, up to where the program speaks.
struct BootEFICommandTests {
    private static let load = "setenv ipaddr 10.0.2.15; setenv serverip 10.0.2.2; tftpboot 40400000 dir/app.efi; "

    private static let server = TestServer(files: [
        "dir/app.efi": TestImage.efiKernel(), "plain": TestServer.counting(10),
    ])

    /// Types a line and gives what it printed behind the load.
    private func answer(_ line: String, version: String? = nil) throws -> (output: String, machine: Machine) {
        var machine = try TestBoard.machine(with: [(TestTree.board, 0x4800_0000)], version: version)
        machine.fileServer = Self.server
        let typed = machine.type(Array((Self.load + "echo; echo ----\n").utf8), source: "<setup>")
        #expect(typed.commands.last?.output.latin1.hasSuffix("----\n") == true)
        let answer = machine.type(Array((line + "\n").utf8), source: "<prompt>")
        return (answer.commands.map(\.output.latin1).joined(), machine)
    }

    @Test(
        "a program starts with the path that it was loaded from",
        arguments: [
            ("bootefi 40400000 48000000", "Booting /dir\\app.efi\n"),
            ("tftpboot 41000000 plain && bootefi 40400000 48000000", "Booting /dir\\app.efi\n"),
            ("bootefi 40400000:1000 48000000", "Booting /MemoryMapped(0x0,0x40400000,0x1000)\n"),
        ])
    func startsPrograms(_ line: String, _ end: String) throws {
        let (output, machine) = try answer(line)
        #expect(output.hasSuffix(end))
        let handOff = try #require(machine.recorder.handOff)
        #expect(handOff.method == "bootefi")
        #expect(handOff.loadedAt == 0x4040_0000)
        #expect(handOff.treeLoadedAt == 0x4800_0000)
    }

    @Test(
        "what is no program is refused",
        arguments: [
            ("bootefi 40400100 48000000", "No UEFI binary known at 40400100\n"),
            ("bootefi 40400000 48000010", "ERROR: invalid device tree\n"),
            ("setenv fdt_addr 1; bootefi 40400000", "ERROR: invalid device tree\n"),
            (
                "mw.b 40400000 0 100; bootefi 40400000 48000000",
                "Booting /dir\\app.efi\nNot a PE-COFF file\nLoading image failed\n"
            ),
            ("bootefi bootmgr 48000000", "BootOrder not defined\nEFI boot manager: Cannot load any image\n"),
        ])
    func refuses(_ line: String, _ output: String) throws {
        let (shown, machine) = try answer(line)
        #expect(shown == output)
        #expect(machine.lastStatus == 1)
        #expect(machine.recorder.handOff == nil)
    }

    @Test("where RAM ends below 127 MiB the tree goes as high as it can")
    func smallBoard() throws {
        var machine = try TestBoard.machine(with: [(TestTree.board, 0x4200_0000)], ramByteCount: 0x400_0000)
        machine.fileServer = Self.server
        _ = machine.type(Array((Self.load + "bootefi 40400000 42000000\n").utf8), source: "<prompt>")
        let tree = try #require(machine.recorder.handOff?.tree)
        #expect(machine.memory.isRAM(tree))
        #expect(tree.start > 0x4200_0000)
    }

    @Test("a U-Boot without UEFI jumps behind its table of systems for an image that is for UEFI")
    func noUEFI() throws {
        var description = TestBoard.description()
        description.commands.remove("bootefi")
        var machine = try Machine(description)
        let image = LegacyImage(type: .kernel, os: .efi, architecture: .arm64, loadAddress: 0x4100_0000)
        machine.fileServer = TestServer(files: ["image": try image.encode(data: TestImage.efiKernel())])
        let lines = Self.load.replacing("dir/app.efi", with: "image") + "bootm 40400000\n"
        let answer = machine.type(Array(lines.utf8), source: "<prompt>")
        #expect(answer.commands.last?.status == nil)
        #expect(machine.recorder.handOff == nil)
    }

    @Test("2025.01 looks for the program first, and names the end of a range")
    func newerRelease() throws {
        let version = "2025.01-3+deb13u1"
        #expect(try answer("bootefi 40400100 1", version: version).output == "No UEFI binary known at 40400100\n")
        #expect(try answer("bootefi 40400000 1", version: version).output == "invalid device tree\n")
        let started = try answer("bootefi 40400000:1000 48000000", version: version).output
        #expect(started == "Booting /MemoryMapped(0x0,0x40400000,0x40401000)\n")
    }
}
